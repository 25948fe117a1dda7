"""`accelerate launch -m mllmu.evaluate …`: the command line, once a process."""

from .cli import main

if __name__ == "__main__":
    main()
