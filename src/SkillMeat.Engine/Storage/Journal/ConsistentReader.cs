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

    /// <summary>Returns the path at which a file or folder is found now, which is another one in the middle of a change. Null if there is none to be seen. A folder keeps this path for as long as no change is made or settled.</summary>
    /// <exception cref="StorageException">The journals cannot be read.</exception>
    public string? Locate(string path)
    {
        var full = Path.GetFullPath(path);
        if (!journals.Exists) return full;
        while (true)
        {
            if (FindChanging([full]) is { } changing) return changing is [var change, ..] ? change.Locate(full) : full;
        }
    }

    /// <summary>Reads something that consists of several files, folders or lists of them, again if a folder got another name meanwhile.</summary>
    /// <param name="read">Reads it. Called again if need be.</param>
    /// <exception cref="StorageException">Folders kept getting other names for ten seconds and two attempts (<see cref="ErrorIds.ConcurrentChange"/>).</exception>
    public T ReadAsOne<T>(Func<T> read)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var before = ReadMoves();
            try
            {
                var result = read();
                if (ReadMoves() == before) return result;
            }
            catch (SkillMeatException) when (ReadMoves() != before)
            {
                // A folder that was there a moment ago has another name.
            }

            // A read that takes that long by itself must not fail at the first change.
            if (attempt > 2 && time.GetElapsedTime(started) > _maxWait) throw KeptChanging(journals.CollectionsPath);
            Thread.Sleep(random.Next(0, 3));
        }
    }

    // Which folders have which names. The mark is replaced before the first of them, and the journal disappears after the last one.
    private string ReadMoves()
    {
        while (true)
        {
            var mark = generation.ReadMoves();
            if (FindChanging(paths: null) is { } changing) return string.Join('\n', changing.Select(one => one.State).Prepend(mark));
        }
    }

    private List<byte[]?>? TryRead(List<string> paths)
    {
        var mark = generation.Read();
        if (FindChanging(paths) is not { } changing) return null;
        var contents = paths.Select(path => changing.Find(change => change.Touches(path)) is { } change ? change.Read(path, ReadBytes) : ReadBytes(path)).ToList();
        return FindChanging(paths) is { } after && Same(changing, after) && generation.Read() == mark ? contents : null;
    }

    // Those that concern one of the paths, or that move folders. Null if a journal changed its phase between being listed and being read.
    private List<UnsettledChange>? FindChanging(List<string>? paths)
    {
        var found = new List<UnsettledChange>();
        foreach (var file in ListTrusted().Where(file => file.Phase is JournalPhase.Committed or JournalPhase.Undo))
        {
            if (ReadTrusted(file) is not { } journal)
            {
                if (!File.Exists(file.Path)) return null;
                continue;
            }

            var change = new UnsettledChange(file, journal);
            if (paths?.Exists(change.Touches) ?? change.MovesFolders) found.Add(change);
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
            return journals.ReadInHome(file);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            return null;
        }
    }

    private static bool Same(List<UnsettledChange> before, List<UnsettledChange> after) => before.Select(one => one.State).SequenceEqual(after.Select(one => one.State), StringComparer.Ordinal);

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
