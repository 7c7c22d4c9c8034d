package io.sluice.examples;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sockets that a process has open, as Linux shows them below {@code /proc}. */
final class ProcessSockets {
    private static final String[] TABLES = {"tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet"};
    private static final Map<String, String> STATES = Map.of("01", "ESTABLISHED", "0A", "LISTEN");

    private ProcessSockets() {}

    /**
     * Each as protocol, state, local and remote port, such as {@code tcp LISTEN 4150 0}; or as
     * {@code socket inode} when it is in none of the tables of the network. Left out are sockets of
     * the process to itself, without a name: the JDK has one with which it marks closed
     * descriptors.
     */
    static List<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Path net = process.resolve("net");
        Map<String, String> known = new HashMap<>();
        for (String table : TABLES) addTable(net.resolve(table), known);
        Set<String> unnamed = unnamed(net.resolve("unix"));
        List<String> sockets = new ArrayList<>();
        for (String inode : inodes(process.resolve("fd"))) {
            if (!unnamed.contains(inode)) {
                sockets.add(known.getOrDefault(inode, "socket " + inode));
            }
        }
        return sockets;
    }

    private static Set<String> unnamed(Path unix) throws IOException {
        Set<String> inodes = new HashSet<>();
        for (String line : Files.readAllLines(unix)) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length == 7) inodes.add(fields[6]);
        }
        return inodes;
    }

    private static List<String> inodes(Path descriptors) throws IOException {
        List<String> inodes = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedInTheMeantime) {
            return "";
        }
    }

    private static void addTable(Path table, Map<String, String> byInode) throws IOException {
        if (!Files.exists(table)) return;
        String protocol = table.getFileName().toString().replace("6", "");
        List<String> lines = Files.readAllLines(table);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.strip().split("\\s+");
            if (protocol.equals("packet")) {
                byInode.put(fields[8], protocol);
                continue;
            }
            String state = STATES.getOrDefault(fields[3], fields[3]);
            String ports = port(fields[1]) + " " + port(fields[2]);
            byInode.put(fields[9], protocol + " " + state + " " + ports);
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
