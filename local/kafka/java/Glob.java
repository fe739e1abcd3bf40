package cdkmsk.standin;

import java.util.BitSet;

/** A pattern of an IAM policy: {@code *} stands for any text, {@code ?} for any one character. */
record Glob(String pattern) {
    boolean matches(String text) {
        return positionsAfter(text, false).get(pattern.length());
    }

    /** Whether some text longer than the prefix begins with it and matches. */
    boolean reaches(String prefix) {
        return positionsAfter(prefix, false).previousSetBit(pattern.length() - 1) >= 0;
    }

    /** Whether it certainly matches whatever the other matches: its wildcards take in the other's, character by character. */
    boolean covers(String other) {
        return positionsAfter(other, true).get(pattern.length());
    }

    /** How far the pattern may have been used up once the text is read; wildcards of the text count as such if it is a pattern. */
    private BitSet positionsAfter(String text, boolean textIsPattern) {
        BitSet at = withEmptyStars(0, new BitSet());
        for (char next : text.toCharArray()) {
            BitSet after = new BitSet();
            at.stream().filter(i -> i < pattern.length()).forEach(i -> {
                if (pattern.charAt(i) == '*') {
                    withEmptyStars(i, after);
                } else if (takes(pattern.charAt(i), next, textIsPattern)) {
                    withEmptyStars(i + 1, after);
                }
            });
            at = after;
        }
        return at;
    }

    private static boolean takes(char one, char next, boolean nextIsPattern) {
        return nextIsPattern && next == '*' ? false : one == '?' || one == next;
    }

    private BitSet withEmptyStars(int start, BitSet positions) {
        int i = start;
        positions.set(i);
        while (i < pattern.length() && pattern.charAt(i) == '*') {
            positions.set(++i);
        }
        return positions;
    }
}
