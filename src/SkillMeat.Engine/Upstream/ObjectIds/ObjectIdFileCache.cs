using System.Text;
using SkillMeat.Upstream.Caching;

namespace SkillMeat.Upstream.ObjectIds;

/// <summary>Caches ids in one file: for each path of a repository, those of the last few commits, with the newest paths last.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
/// <param name="mostPaths">The largest number of paths in the file.</param>
internal sealed class ObjectIdFileCache(string file, Random random, Action<string> report, int mostPaths = ObjectIdFileCache.MostPaths) : IObjectIdCache
{
    private const byte Version = 1;

    // About 20 MB, enough for tens of thousands of artifacts, each with its manifest file.
    private const int MostPaths = 100_000;

    /// <summary>The commit an artifact was fetched at, the newest commit, and some more for other collections that follow the same path.</summary>
    private const int CommitsPerPath = 4;

    private readonly RecordCacheFile _file = new(file, Version, random, report);
    private readonly object _gate = new();

    // By path; the newest commit first, as in the file.
    private readonly Dictionary<string, byte[]> _added = new(StringComparer.Ordinal);
    private CacheRecords? _saved;

    public KnownObject? Find(RepositoryAddress repository, string commit, string path) => TryFind(repository, commit, path, out var found) ? found : null;

    public bool TryFind(RepositoryAddress repository, string commit, string path, out KnownObject? found)
    {
        lock (_gate)
        {
            var answer = FindAnswer(repository, commit, path);
            found = answer.IsEmpty ? null : CachedObject.ObjectOf(answer);
            return !answer.IsEmpty;
        }
    }

    public IReadOnlyList<string> CommitsOf(RepositoryAddress repository, string path, KnownObject found)
    {
        lock (_gate)
        {
            var commits = new List<string>();
            AddCommits(commits, FindAdded(repository, path), found);
            AddCommits(commits, FindSaved(repository, path), found);
            return commits;
        }
    }

    public void Add(RepositoryAddress repository, string commit, string path, KnownObject found) => Add(repository, path, commit, CachedObject.Make(commit, found));

    public void AddAbsence(RepositoryAddress repository, string commit, string path) => Add(repository, path, commit, CachedObject.Make(commit, found: null));

    public void Save()
    {
        lock (_gate)
        {
            if (_added.Count == 0) return;
            // Another process may have changed the file since it was read.
            _saved = null;
            var theirs = _file.Read();
            if (_file.Write(writer => Merge(theirs, writer))) _added.Clear();
        }
    }

    private static void AddCommits(List<string> commits, ReadOnlySpan<byte> answers, KnownObject found)
    {
        for (; answers.Length >= CachedObject.Length; answers = answers[CachedObject.Length..])
        {
            if (CachedObject.IsValid(answers) && CachedObject.ObjectOf(answers) == found) commits.Add(CachedObject.CommitOf(answers));
        }
    }

    private void Add(RepositoryAddress repository, string path, string commit, byte[] newest)
    {
        lock (_gate)
        {
            if (!FindAnswer(repository, commit, path).IsEmpty) return;
            var key = CacheKey.Of(repository, path);
            _added[key] = _added.TryGetValue(key, out var older) ? [.. newest, .. Newest(older, CommitsPerPath - 1)] : newest;
        }
    }

    private ReadOnlySpan<byte> FindAnswer(RepositoryAddress repository, string commit, string path) =>
        CachedObject.Find(FindAdded(repository, path), commit) is { IsEmpty: false } added ? added : CachedObject.Find(FindSaved(repository, path), commit);

    private ReadOnlySpan<byte> FindAdded(RepositoryAddress repository, string path) =>
        _added.Count > 0 && _added.TryGetValue(CacheKey.Of(repository, path), out var added) ? added : [];

    private ReadOnlySpan<byte> FindSaved(RepositoryAddress repository, string path)
    {
        _saved ??= _file.Read();
        return _saved.Count > 0 && _saved.TryFind(CacheKey.Of(repository, path, stackalloc byte[CacheKey.UsualSize]), out var saved) ? saved : [];
    }

    /// <summary>Writes the file's entries and the added ones, without the paths that were added longest ago.</summary>
    private void Merge(CacheRecords theirs, CacheRecordWriter writer)
    {
        var kept = Enumerable.Range(0, theirs.Count).Where(record => !_added.ContainsKey(Encoding.UTF8.GetString(theirs.KeyOf(record)))).ToList();
        foreach (var record in kept.Skip(kept.Count + _added.Count - mostPaths)) writer.Write(theirs.KeyOf(record), theirs.ValueOf(record));
        foreach (var (path, answers) in _added.Skip(_added.Count - mostPaths))
        {
            var key = Encoding.UTF8.GetBytes(path);
            writer.Write(key, theirs.TryFind(key, out var older) ? Merge(answers, older) : answers);
        }
    }

    private static byte[] Merge(byte[] newest, ReadOnlySpan<byte> older)
    {
        var merged = new List<byte>(newest);
        for (; older.Length >= CachedObject.Length && merged.Count < CommitsPerPath * CachedObject.Length; older = older[CachedObject.Length..])
        {
            if (CachedObject.Find(newest, CachedObject.CommitOf(older)).IsEmpty) merged.AddRange(older[..CachedObject.Length]);
        }

        return [.. merged];
    }

    private static ReadOnlySpan<byte> Newest(byte[] answers, int most) => answers.AsSpan(0, Math.Min(answers.Length, most * CachedObject.Length));
}
