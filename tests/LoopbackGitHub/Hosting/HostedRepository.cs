using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A repository that the server serves: its name, its facts, and its git objects.</summary>
/// <remarks>Thread-safe. Methods that call git block.</remarks>
internal sealed class HostedRepository : IDisposable
{
    private const int LargestKept = 256 * 1024;
    private const long KeptInAll = 256 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly string _systemConfig;
    private readonly GitObjectReader _reader;
    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<GitTreeItem>> _trees = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Fingerprint, string Protocol), byte[]> _advertisements = new();
    private long _kept;
    private RefSnapshot? _snapshot;

    public HostedRepository(long id, RepositoryName name, string directory, RepositoryFacts facts, string systemConfig)
    {
        Id = id;
        Name = name;
        Facts = facts;
        GitDirectory = FindGitDirectory(directory);
        _systemConfig = systemConfig;
        _reader = new GitObjectReader(GitDirectory, systemConfig);
    }

    public long Id { get; }

    public RepositoryName Name { get; set; }

    public RepositoryFacts Facts { get; set; }

    public string GitDirectory { get; }

    /// <summary>The objects of Git LFS, by SHA-256.</summary>
    public ConcurrentDictionary<string, byte[]> LfsObjects { get; } = new(StringComparer.Ordinal);

    /// <summary>The refs as they are now.</summary>
    public RefSnapshot Refs()
    {
        lock (_gate)
        {
            var fingerprint = RefFingerprint.Of(GitDirectory);
            if (_snapshot is null || !_snapshot.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            {
                _snapshot = new RefSnapshot(fingerprint, AskRefs());
            }

            return _snapshot;
        }
    }

    /// <summary>Returns git's advertisement in a protocol version (0 or 2), without the line that names the service.</summary>
    public byte[] Advertisement(int version)
    {
        var refs = Refs();
        var key = (Convert.ToBase64String(SHA256.HashData(refs.Fingerprint)), version == 2 ? "2" : "0");
        return _advertisements.TryGetValue(key, out var known) ? known : _advertisements[key] = UploadPack(version, ["--advertise-refs"], []);
    }

    /// <summary>Resolves expressions at the state of these refs.</summary>
    public void Prefetch(RefSnapshot refs, IEnumerable<string> expressions)
    {
        var unknown = expressions.Where(expression => !refs.Expressions.ContainsKey(expression)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        var found = _reader.Resolve(unknown);
        for (var i = 0; i < unknown.Count; i++)
        {
            refs.Expressions[unknown[i]] = found[i];
        }
    }

    /// <summary>Resolves an expression at the state of these refs; null if there is no such object.</summary>
    public GitObjectInfo? Resolve(RefSnapshot refs, string expression) =>
        refs.Expressions.TryGetValue(expression, out var known) ? known : refs.Expressions[expression] = _reader.Resolve(expression);

    /// <summary>Returns the content of an existing object.</summary>
    public byte[] Read(string id)
    {
        if (_contents.TryGetValue(id, out var known))
        {
            return known;
        }

        var content = _reader.Read(id);
        if (content.Length <= LargestKept && Interlocked.Add(ref _kept, content.Length) <= KeptInAll)
        {
            _contents[id] = content;
        }

        return content;
    }

    /// <summary>Returns the entries of an existing tree.</summary>
    public IReadOnlyList<GitTreeItem> ReadTree(string id) => _trees.TryGetValue(id, out var known) ? known : _trees[id] = GitTreeItem.ParseAll(Read(id));

    /// <summary>Counts the commits that only one of two commits has; null if they have no common one.</summary>
    public (int Left, int Right)? CountCommits(string left, string right)
    {
        try
        {
            Git("merge-base", left, right);
        }
        catch (GitFailedException)
        {
            return null;
        }

        return Git("rev-list", "--left-right", "--count", $"{left}...{right}").Split('\t') is [var one, var other]
            ? (int.Parse(one, CultureInfo.InvariantCulture), int.Parse(other, CultureInfo.InvariantCulture))
            : throw new GitFailedException("git counted something else than two sides.");
    }

    /// <summary>Returns the types and sizes of many objects.</summary>
    public GitObjectInfo?[] Describe(IReadOnlyList<string> ids) => _reader.Resolve(ids);

    public void Dispose() => _reader.Dispose();

    private static string FindGitDirectory(string directory)
    {
        var inner = Path.Combine(directory, ".git");
        var found = System.IO.Directory.Exists(inner) ? inner : directory;
        return File.Exists(Path.Combine(found, "HEAD")) ? Path.GetFullPath(found)
            : throw new ArgumentException($"'{directory}' is not a git repository.", nameof(directory));
    }

    private string Git(params string[] arguments) => Encoding.UTF8.GetString(GitProcess.Run(GitProcess.Prepare(GitDirectory, arguments, _systemConfig), [])).Trim();

    private List<AdvertisedRef> AskRefs()
    {
        var answer = UploadPack(2, [], LsRefsCommand.AskEverything());
        var lines = PktLines.Split(answer) ?? throw new GitFailedException("git answered ls-refs with something else than lines.");
        return lines.OfType<string>().Select(AdvertisedRef.Parse).ToList();
    }

    private byte[] UploadPack(int version, string[] arguments, byte[] input)
    {
        var start = GitProcess.Prepare(GitDirectory, ["upload-pack", "--strict", "--stateless-rpc", .. arguments, GitDirectory], _systemConfig);
        if (version > 0)
        {
            start.Environment["GIT_PROTOCOL"] = $"version={version}";
        }

        return GitProcess.Run(start, input);
    }
}
