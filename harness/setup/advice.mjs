/** The advice for systems on which Postern does not install an engine, by ID or ID_LIKE of /etc/os-release; the first match counts. */
const BY_FAMILY = [
  {
    family: ['debian', 'ubuntu'],
    text: 'sudo apt-get install docker.io && sudo systemctl start docker && sudo usermod -aG docker $USER, then log in again.',
  },
  {
    family: ['fedora', 'rhel', 'centos'],
    text: 'sudo dnf install moby-engine && sudo systemctl start docker && sudo usermod -aG docker $USER, then log in again',
  },
  {
    family: ['arch'],
    text: 'sudo pacman -S docker && sudo systemctl start docker && sudo usermod -aG docker $USER, then log in again',
  },
  { family: ['alpine'], text: 'apk add docker && rc-service docker start' },
  { family: ['suse', 'opensuse'], text: 'sudo zypper install docker && sudo systemctl start docker' },
];

/** What the user must do on this machine so that a container engine answers, as one text. */
export function advice({ platform, family, tried, dockerHost }) {
  if (dockerHost) return 'Let DOCKER_HOST name a Docker engine that runs, or unset it to look in the usual places.';
  const closed = tried.find(({ why }) => why === 'permission denied');
  if (closed) {
    return `${closed.url} is there, but closed to this user: sudo usermod -aG docker $USER, then log in again.`;
  }
  if (platform === 'darwin') return 'Install Docker Desktop, OrbStack or Colima and start it.';
  if (platform === 'win32') return 'Use WSL 2 with a Debian or Ubuntu in it, and run this there.';
  const known = BY_FAMILY.find((row) => row.family.some((name) => family.includes(name)));
  return known ? known.text : 'Install Docker 20.10 or later, and start it.';
}
