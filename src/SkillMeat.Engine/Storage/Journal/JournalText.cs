using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage.Journal;

/// <summary>Reads and writes journals as JSON. Paths inside the home are relative to it, so that recovery works after the home was moved or mounted elsewhere.</summary>
internal sealed class JournalText(string home)
{
    /// <summary>The largest journal in bytes. Reading one that another program made must not exhaust the memory.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>The largest number of files and folders that a transaction can change.</summary>
    public const int MostItems = 100_000;

    private const int Version = 1;

    // Seven names and values, the braces, and what surrounds the entries.
    private const int MostTokens = (MostItems + 1) * 20;

    private static readonly JsonWriterOptions _indented = new() { Indented = true };

    public ReadOnlyMemory<byte> Write(TransactionJournal journal)
    {
        // Thousands of entries are megabytes, and copies of them would stay in memory for a while.
        var buffer = new ArrayBufferWriter<byte>(LikelyLength(journal));
        using (var json = new Utf8JsonWriter(buffer, _indented))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("id", journal.Id);
            WriteStrings(json, "locks", journal.Locks.Select(name => name.Display));
            WriteStrings(json, "folders", journal.Folders.Select(Shorten));
            if (journal.OutsideFolders.Count > 0) WriteStrings(json, "outside_folders", journal.OutsideFolders);
            json.WriteStartArray("entries");
            foreach (var entry in journal.Entries) WriteEntry(json, entry);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Returns the hash of everything in a journal that does not change: all but the hashes of new contents, which are known only later.</summary>
    public string HashPlan(TransactionJournal journal) =>
        Convert.ToHexString(SHA256.HashData(Write(journal with { Entries = [.. journal.Entries.Select(entry => entry with { NewSha256 = null })] }).Span)).ToLowerInvariant();

    // Counted before the document is parsed, because millions of small items take a hundred times their length.
    private static int CountTokens(byte[] content)
    {
        var count = 0;
        for (var json = new Utf8JsonReader(content); json.Read();) count++;
        return count;
    }

    private static int LikelyLength(TransactionJournal journal) => 1024 + journal.Entries.Sum(entry => 440 + 3 * entry.Target.Length);

    /// <exception cref="StorageException">It is not a journal of this version, so it cannot be recovered and must not be guessed at.</exception>
    public TransactionJournal Read(string path, byte[] content)
    {
        try
        {
            if (CountTokens(content) > MostTokens) throw Unreadable(path, "has more entries than a transaction can have", null);
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            if (root.GetProperty("version").GetInt32() != Version) throw Unreadable(path, "was written by a newer version of SkillMeat", null);
            var id = root.GetProperty("id").GetString()!;
            return new TransactionJournal(id,
                LockName.InOrder(root.GetProperty("locks").EnumerateArray().Select(name => name.GetString()!)),
                [.. root.GetProperty("folders").EnumerateArray().Select(folder => Expand(folder.GetString()!))],
                [.. root.GetProperty("entries").EnumerateArray().Select((entry, index) => ReadEntry(entry, id, index, path))])
            {
                OutsideFolders = root.TryGetProperty("outside_folders", out var outside) ? [.. outside.EnumerateArray().Select(folder => folder.GetString()!)] : [],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Unreadable(path, "is damaged", e);
        }
    }

    private void WriteEntry(Utf8JsonWriter json, JournalEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("kind", NameOf(entry.Kind));
        json.WriteString("target", Shorten(entry.Target));
        json.WriteString("staged", Shorten(entry.Staged));
        json.WriteString("backup", Shorten(entry.Backup));
        json.WriteString("old_sha256", entry.OldSha256);
        json.WriteString("new_sha256", entry.NewSha256);
        if (entry.Source is { } source) json.WriteString("source", Shorten(source));
        if (entry.IsWayBack) json.WriteBoolean("way_back", true);
        json.WriteEndObject();
    }

    private JournalEntry ReadEntry(JsonElement json, string id, int index, string path)
    {
        var kind = json.GetProperty("kind").GetString() switch
        {
            "write" => JournalEntryKind.Write,
            "delete" => JournalEntryKind.Delete,
            "replace_folder" => JournalEntryKind.ReplaceFolder,
            "delete_folder" => JournalEntryKind.DeleteFolder,
            "replace" => JournalEntryKind.Replace,
            "move" => JournalEntryKind.Move,
            var other => throw new FormatException($"unknown kind of entry: {other}"),
        };
        var entry = new JournalEntry(kind, Expand(json.GetProperty("target").GetString()!), id, index, json.GetProperty("old_sha256").GetString(), json.GetProperty("new_sha256").GetString())
        {
            Source = kind == JournalEntryKind.Move ? Expand(json.GetProperty("source").GetString()!) : null,
            IsWayBack = json.TryGetProperty("way_back", out var wayBack) && wayBack.GetBoolean(),
        };
        // Settling renames and deletes them, and anybody who can write to a shared home can put a journal there.
        if (Expand(json.GetProperty("staged").GetString()!) is var staged && staged != entry.Staged) throw Odd("new", staged);
        if (Expand(json.GetProperty("backup").GetString()!) is var backup && backup != entry.Backup) throw Odd("old", backup);
        return entry;

        StorageException Odd(string which, string found) => Unreadable(path, $"has its {which} content at '{found}', which is no name of a transaction beside '{entry.Target}'", null);
    }

    private static string NameOf(JournalEntryKind kind) => kind switch
    {
        JournalEntryKind.Write => "write",
        JournalEntryKind.Delete => "delete",
        JournalEntryKind.ReplaceFolder => "replace_folder",
        JournalEntryKind.DeleteFolder => "delete_folder",
        JournalEntryKind.Replace => "replace",
        JournalEntryKind.Move => "move",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    // A home can be used from several systems.
    private string Shorten(string path) => path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Replace(Path.DirectorySeparatorChar, '/') : path;

    private string Expand(string path) => Path.Combine(home, OperatingSystem.IsWindows() ? path.Replace('/', Path.DirectorySeparatorChar) : path);

    private string Prefix => Path.EndsInDirectorySeparator(home) ? home : home + Path.DirectorySeparatorChar;

    /// <summary>The error for a journal that must not be settled.</summary>
    /// <param name="path">The path of the journal.</param>
    /// <param name="problem">The reason, as a predicate.</param>
    /// <param name="cause">The exception that caused it, or null.</param>
    public static StorageException Unreadable(string path, string problem, Exception? cause) => new(ErrorIds.RecoveryPending, path,
        $"an interrupted change cannot be settled because its journal {path} {problem}; nothing was changed, and the new and old contents are kept beside their files", cause);
}
