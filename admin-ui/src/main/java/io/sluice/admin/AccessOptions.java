package io.sluice.admin;

import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.access.Network;
import io.sluice.admin.access.Users;
import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flags that say who may see and change what. */
final class AccessOptions {
    @Option(
            names = "--acl-http-header",
            defaultValue = "X-Forwarded-User",
            description = "header that names the user, believed from a --trusted-proxy")
    String aclHttpHeader;

    @ConfigKey("admin_users")
    @Option(
            names = "--admin-user",
            description = "user who may change everything (may be given multiple times)")
    List<String> adminUsers = new ArrayList<>();

    @ConfigKey("operator_users")
    @Option(
            names = "--operator-user",
            description = "user who may create, pause and publish (may be given multiple times)")
    List<String> operatorUsers = new ArrayList<>();

    @ConfigKey("trusted_proxies")
    @Option(
            names = "--trusted-proxy",
            description =
                    "network of proxies that name the user (may be given multiple times; default"
                            + " is this machine)")
    List<String> trustedProxies = new ArrayList<>();

    @Option(
            names = "--users-file",
            defaultValue = "",
            description = "file of users, roles and hashes; everybody then has to log in")
    String usersFile;

    @ConfigKey("allowed_hosts")
    @Option(
            names = "--allowed-host",
            description =
                    "name under which browsers may ask for the page, beside localhost and numeric"
                            + " addresses (may be given multiple times)")
    List<String> allowedHosts = new ArrayList<>();

    @Option(names = "--no-message-view", description = "do not show messages to anybody")
    boolean noMessageView;

    Users users() {
        return usersFile.isEmpty() ? null : Users.read(Path.of(usersFile));
    }

    Doorkeeper.Identity identity() {
        List<String> proxies =
                trustedProxies.isEmpty() ? List.of("127.0.0.0/8", "::1/128") : trustedProxies;
        return new Doorkeeper.Identity(
                aclHttpHeader,
                proxies.stream().map(text -> network("--trusted-proxy", text)).toList(),
                Set.copyOf(adminUsers),
                Set.copyOf(operatorUsers));
    }

    static Network network(String flag, String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw StartException.badFlag(flag, e.getMessage());
        }
    }

    void validate() {
        identity();
        users();
    }
}
