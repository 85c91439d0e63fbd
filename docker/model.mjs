// A language model that does as it is told, inside the network namespace of a gateway: a user message that holds
// {"order":{"tool":…,"arguments":…}} is answered with that tool call, {"order":{"waitSeconds":…}} with "done" after so long,
// everything else with "done" at once.
import { setTimeout as pause } from 'node:timers/promises';
import { LLMock } from '/opt/aimock/dist/llmock.js';

const [port] = process.argv.slice(2);

/** Recent releases add messages of their own behind the user's, so all since the model last spoke are searched. */
function orderIn({ messages }) {
  const spoke = messages.findLastIndex(({ role }) => role === 'assistant');
  for (const { role, content } of messages.slice(spoke + 1)) {
    if (role === 'tool') return null;
    if (role !== 'user') continue;
    const text = typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');
    const order = /\{"order":.*\}/.exec(text);
    if (order !== null) return JSON.parse(order[0]).order;
  }
  return null;
}

const model = new LLMock({ port: Number(port), host: '127.0.0.1', logLevel: 'silent' });
model.on({ predicate: (request) => orderIn(request) !== null }, async (request) => {
  const { tool, arguments: given, waitSeconds } = orderIn(request);
  if (waitSeconds !== undefined) {
    await pause(waitSeconds * 1000);
    return { content: 'done' };
  }
  return { toolCalls: [{ name: tool, arguments: JSON.stringify(given) }] };
});
model.on({ predicate: () => true }, { content: 'done' });
await model.start();
console.log(`the model listens on 127.0.0.1:${port}`);
