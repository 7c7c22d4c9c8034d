package io.sluice.examples.logs;

/**
 * How far a file has been shipped.
 *
 * @param file which file it is, whatever its name is now
 * @param offset bytes of it that are shipped
 * @param checksum of its first bytes, as a file system gives a new file the key of a deleted one
 */
record Position(String file, long offset, long checksum) {
    static Position parse(String text) {
        String[] words = text.split(" ");
        return new Position(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    @Override
    public String toString() {
        return file + " " + offset + " " + checksum;
    }
}
