package io.sluice.nsqd.http;

import io.sluice.daemon.LiveOptions;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.net.ConnectionSettings;
import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the HTTP API is told by the daemon around it.
 *
 * @param connections limits of the moment, which hold for HTTP too, and what {@code /info} says of
 *     connections
 * @param broadcastAddress where lookup nodes are told to find this daemon
 * @param hostname of this machine
 * @param tcpPort the port that is listened on, once it is; -1 for none
 * @param httpPort likewise
 * @param httpsPort likewise
 * @param httpsOnly true when plain HTTP only says so
 * @param durability of topics that have none of their own
 * @param startTime of the daemon, with the offset in which it is shown
 * @param health OK, or NOK and why
 * @param save completes when what has been changed of topics and channels is on disk, or cannot be
 * @param options for {@code /config}
 * @param heapDumpAllowed whether the memory may be read out
 * @param maxConnections of each listener, at the moment
 */
public record HttpSettings(
        Supplier<ConnectionSettings> connections,
        String broadcastAddress,
        String hostname,
        IntSupplier tcpPort,
        IntSupplier httpPort,
        IntSupplier httpsPort,
        boolean httpsOnly,
        Durability durability,
        OffsetDateTime startTime,
        Supplier<String> health,
        Supplier<Future<Void>> save,
        LiveOptions<?> options,
        boolean heapDumpAllowed,
        IntSupplier maxConnections) {}
