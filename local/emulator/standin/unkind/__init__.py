"""What AWS does on a bad day: throttles, fails, denies, runs out of places, delivers events again. Off by default."""
