package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The permissions of a role: the IAM policy document from its template. Statements with features that are not modeled
 * ({@code Condition}, {@code NotAction}, {@code NotResource}, policy variables) never allow anything, and the reason says so.
 */
final class RolePolicy {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NOT_MODELLED = List.of("Condition", "NotAction", "NotResource", "Principal", "NotPrincipal");

    private final List<Statement> statements;
    private final String unusable; // why there is no usable policy, or null

    private RolePolicy(List<Statement> statements, String unusable) {
        this.statements = statements;
        this.unusable = unusable;
    }

    /** Reads the file for each request, so a change takes effect immediately. */
    static RolePolicy of(String principalArn, Map<String, ?> configs) {
        String role = roleName(principalArn);
        Path file = Path.of(String.valueOf(configs.get("cdkmsk.shared.dir")), "iam-policies", role + ".json");
        try {
            List<Statement> statements = new ArrayList<>();
            for (JsonNode node : elements(JSON.readTree(Files.readString(file)).get("Statement"))) {
                statements.add(Statement.of(node, statements.size() + 1));
            }
            return new RolePolicy(statements, null);
        } catch (NoSuchFileException e) {
            return new RolePolicy(List.of(), "role " + role + " has no policy");
        } catch (IOException e) {
            return new RolePolicy(List.of(), "policy of role " + role + " cannot be read: " + e.getMessage());
        }
    }

    /** A Deny overrides any Allow. Without either, access is denied. */
    Decision decide(String action, String arn) {
        String why = unusable != null ? unusable : "no statement allows it";
        boolean allowed = false;
        for (Statement statement : statements) {
            if (!statement.concerns(action, arn)) {
                continue;
            }
            if (statement.denies()) {
                return Decision.no(statement.gap() != null ? statement.gap() : statement.label() + " denies it");
            }
            if (statement.gap() != null) {
                why = statement.gap();
            } else {
                allowed = true;
            }
        }
        return allowed ? Decision.YES : Decision.no(why);
    }

    /** Whether the action is allowed on at least one of the resources whose ARN starts with the prefix. */
    Decision decideForSome(String action, String arnPrefix) {
        boolean some = statements.stream()
            .filter(statement -> !statement.denies() && statement.gap() == null && statement.names(action))
            .flatMap(statement -> statement.resources().stream())
            .filter(resource -> resource.reaches(arnPrefix))
            .anyMatch(resource -> !denied(action, resource.pattern()) && !denied(action, arnPrefix + "*"));
        return some ? Decision.YES : Decision.no(unusable != null ? unusable : "no resource of this type is allowed");
    }

    private boolean denied(String action, String resourcePattern) {
        return statements.stream()
            .filter(statement -> statement.denies() && statement.names(action))
            .anyMatch(statement -> statement.gap() != null || statement.resources().stream().anyMatch(r -> r.covers(resourcePattern)));
    }

    /** Supports arn:aws:sts::111122223333:assumed-role/ROLE/SESSION, arn:aws:iam::111122223333:role/path/ROLE or user/NAME. */
    private static String roleName(String principalArn) {
        String[] parts = principalArn.split("/");
        return principalArn.contains(":assumed-role/") ? parts[1] : parts[parts.length - 1];
    }

    private static List<JsonNode> elements(JsonNode node) {
        List<JsonNode> list = new ArrayList<>();
        if (node != null && node.isArray()) {
            node.forEach(list::add);
        } else if (node != null) {
            list.add(node);
        }
        return list;
    }

    /** Contains a reason only if access is denied. */
    record Decision(boolean allowed, String reason) {
        static final Decision YES = new Decision(true, "");

        static Decision no(String reason) {
            return new Decision(false, reason);
        }
    }

    /** One statement. Its gap describes what is not modeled, if anything. */
    private record Statement(String label, boolean denies, List<Glob> actions, List<Glob> resources, String gap) {
        static Statement of(JsonNode node, int number) {
            String label = "statement " + node.path("Sid").asText(String.valueOf(number));
            List<Glob> actions = globs(node.get("Action"), true);
            List<Glob> resources = globs(node.get("Resource"), false);
            String missing = NOT_MODELLED.stream().filter(node::has).findFirst().orElse(null);
            if (missing == null && resources.stream().anyMatch(resource -> resource.pattern().contains("${"))) {
                missing = "a policy variable";
            }
            String gap = missing == null ? null : label + " has " + missing + ", which is not modelled";
            return new Statement(label, "Deny".equals(node.path("Effect").asText()), actions, resources, gap);
        }

        private static List<Glob> globs(JsonNode node, boolean ignoreCase) {
            return elements(node).stream()
                .map(element -> new Glob(ignoreCase ? element.asText().toLowerCase(Locale.ROOT) : element.asText()))
                .toList();
        }

        boolean names(String action) {
            String lower = action.toLowerCase(Locale.ROOT);
            return actions.isEmpty() ? gap != null : actions.stream().anyMatch(glob -> glob.matches(lower));
        }

        /** A statement that is not fully modeled may concern any resource. */
        boolean concerns(String action, String arn) {
            return names(action) && (gap != null || resources.stream().anyMatch(glob -> glob.matches(arn)));
        }
    }
}
