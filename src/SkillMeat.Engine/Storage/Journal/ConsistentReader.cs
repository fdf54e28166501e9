using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// Reads several files as of one moment, without a lock and without writing. A file that a committed transaction has not replaced yet is read
/// from where it is staged, so that readers need not wait for a slow or dead writer, or for a home that cannot be written.
/// </summary>
internal sealed class ConsistentReader(JournalFolder journals, Generation generation, TimeProvider time, Random random)
{
    // Of a manifest with more than a hundred thousand artifacts.
    private const long MostBytes = 128L << 20;

    private static readonly TimeSpan _maxWait = TimeSpan.FromSeconds(10);

    /// <exception cref="StorageException">A file cannot be read, or writers kept changing the files for ten seconds (<see cref="ErrorIds.ConcurrentChange"/>).</exception>
    public IReadOnlyList<byte[]?> Read(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var full = paths.Select(Path.GetFullPath).ToList();
        var started = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRead(full) is { } contents) return contents;
            if (time.GetElapsedTime(started) > _maxWait) throw KeptChanging(full[0]);
            Thread.Sleep(random.Next(0, 3));
        }
    }

    private List<byte[]?>? TryRead(List<string> paths)
    {
        var mark = generation.Read();
        if (FindChanging(paths) is not { } changing) return null;
        var contents = paths.Select(path => ReadThrough(path, changing)).ToList();
        return FindChanging(paths) is { } after && Same(changing, after) && generation.Read() == mark ? contents : null;
    }

    // Null if a journal changed its phase between being listed and being read.
    private List<(JournalFile File, TransactionJournal Journal)>? FindChanging(List<string> paths)
    {
        var found = new List<(JournalFile, TransactionJournal)>();
        foreach (var file in ListTrusted().Where(file => file.Phase is JournalPhase.Committed or JournalPhase.Undo))
        {
            if (ReadTrusted(file) is not { } journal)
            {
                if (!File.Exists(file.Path)) return null;
                continue;
            }

            if (paths.Exists(path => journal.Touches(path) || journal.Touches(LinkTarget.Resolve(path)))) found.Add((file, journal));
        }

        return found;
    }

    private IReadOnlyList<JournalFile> ListTrusted()
    {
        try
        {
            return journals.List();
        }
        catch (StorageException e) when (e.InnerException is RefusedFileException)
        {
            return [];
        }
    }

    // Null as well for a journal that no transaction of this home wrote. It stops writers, whose error names it, and must not keep anybody from reading.
    private TransactionJournal? ReadTrusted(JournalFile file)
    {
        try
        {
            return journals.Read(file);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            return null;
        }
    }

    private static bool Same(List<(JournalFile File, TransactionJournal Journal)> before, List<(JournalFile File, TransactionJournal Journal)> after) =>
        before.Select(one => one.File.Path).SequenceEqual(after.Select(one => one.File.Path), StringComparer.Ordinal);

    private static byte[]? ReadThrough(string path, List<(JournalFile File, TransactionJournal Journal)> changing)
    {
        foreach (var (file, journal) in changing)
        {
            if (EntryFor(path, journal) is { } entry) return file.Phase == JournalPhase.Committed ? ReadNew(entry) : ReadOld(entry);
        }

        return ReadBytes(path);
    }

    private static JournalEntry? EntryFor(string path, TransactionJournal journal) =>
        journal.Entries.FirstOrDefault(entry => PathEquality.Comparer.Equals(entry.Target, path))
        ?? journal.Entries.FirstOrDefault(entry => entry.Kind == JournalEntryKind.Write && PathEquality.Comparer.Equals(entry.Target, LinkTarget.Resolve(path)));

    private static byte[]? ReadNew(JournalEntry entry) => entry.Kind == JournalEntryKind.Delete ? null : ReadBytes(entry.Staged) ?? ReadBytes(entry.Target);

    private static byte[]? ReadOld(JournalEntry entry)
    {
        if (!TransactionRun.IsApplied(entry)) return ReadBytes(entry.Target);
        if (ReadBytes(entry.Backup) is { } backup) return backup;
        var target = ReadBytes(entry.Target);
        return target is not null && entry.OldSha256 is null && FileState.Hash(target) == entry.NewSha256 ? null : target;
    }

    private static byte[]? ReadBytes(string path)
    {
        try
        {
            return RegularFile.ReadAllBytes(path, MostBytes);
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return null;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }

    private static StorageException KeptChanging(string path) => new(ErrorIds.ConcurrentChange, path,
        $"cannot read {path} consistently with related files: other programs kept changing them for {_maxWait.TotalSeconds:0} s");
}
