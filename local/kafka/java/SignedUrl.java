package cdkmsk.standin;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token of an MSK IAM client: base64url of a URL presigned with AWS Signature Version 4.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Query parameters</a>
 */
final class SignedUrl {
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final URI url;
    private final TreeMap<String, String> encoded = new TreeMap<>(); // as sent, since the signature covers this form

    SignedUrl(String token) {
        url = URI.create(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        for (String pair : String.valueOf(url.getRawQuery()).split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            encoded.put(nameAndValue[0], nameAndValue.length < 2 ? "" : nameAndValue[1]);
        }
    }

    String origin() {
        return url.getScheme() + "://" + url.getHost();
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(encoded.get(name)).map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8));
    }

    String get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
    }

    /** Access key ID, date, Region, service, terminator. */
    String[] credential() {
        String[] parts = get("X-Amz-Credential").split("/");
        if (parts.length != 5) {
            throw new IllegalArgumentException("X-Amz-Credential is " + get("X-Amz-Credential"));
        }
        return parts;
    }

    Instant signedAt() {
        return Instant.from(AMZ_DATE.parse(get("X-Amz-Date")));
    }

    boolean isSignedWith(String secret) throws GeneralSecurityException {
        String[] scope = credential();
        String scopeText = String.join("/", scope[1], scope[2], scope[3], scope[4]);
        String toSign = String.join("\n", ALGORITHM, get("X-Amz-Date"), scopeText, sha256(canonicalRequest()));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scope[1], scope[2], scope[3], scope[4], toSign)) {
            key = hmac(key, part);
        }
        byte[] expected = HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII);
        return ALGORITHM.equals(get("X-Amz-Algorithm"))
            && MessageDigest.isEqual(expected, get("X-Amz-Signature").getBytes(StandardCharsets.US_ASCII));
    }

    private String canonicalRequest() throws GeneralSecurityException {
        String query = encoded.entrySet().stream()
            // clients add their name after signing
            .filter(entry -> !entry.getKey().equals("X-Amz-Signature") && !entry.getKey().equals("User-Agent"))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("&"));
        return String.join("\n", "GET", "/", query, "host:" + url.getHost(), "", "host", sha256(""));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
