/** The environment variable that tells a child process which process it ends with. Its value is that process's id. */
export const PARENT = 'CANDOR_PARENT';
