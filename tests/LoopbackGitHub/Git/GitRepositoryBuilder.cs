namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Makes a real git repository, quickly and reproducibly: fixed author, fixed dates, none of the user's configuration.</summary>
/// <remarks>Not thread-safe. A method returns when its change is in the repository, except within <see cref="Batch"/>.</remarks>
public sealed class GitRepositoryBuilder : IDisposable
{
    private const string NoCommit = "0000000000000000000000000000000000000000";

    private readonly bool _temporary;
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);
    private FastImport? _import;
    private DateTimeOffset _now;
    private int _batches;

    private GitRepositoryBuilder(GitRepositoryOptions options)
    {
        _temporary = options.Directory is null;
        _now = options.FirstCommit;
        DefaultBranch = options.DefaultBranch;
        Directory = Path.GetFullPath(options.Directory ?? Path.Combine(Path.GetTempPath(), "loopback-git-" + Path.GetRandomFileName()));
        GitDirectory = options.Bare ? Directory : Path.Combine(Directory, ".git");
    }

    /// <summary>The repository's root: the work tree, or the git directory of a bare one.</summary>
    public string Directory { get; }

    /// <summary>The git directory.</summary>
    public string GitDirectory { get; }

    /// <summary>The branch that HEAD names.</summary>
    public string DefaultBranch { get; private set; }

    /// <summary>Makes an empty repository.</summary>
    /// <exception cref="GitFailedException">git refused.</exception>
    public static GitRepositoryBuilder Create(GitRepositoryOptions? options = null)
    {
        options ??= new GitRepositoryOptions();
        var builder = new GitRepositoryBuilder(options);
        System.IO.Directory.CreateDirectory(builder.Directory);
        string[] arguments = ["init", "--quiet", "--template=", "--initial-branch=" + options.DefaultBranch];
        GitProcess.RunText(builder.Directory, options.Bare ? [.. arguments, "--bare"] : arguments);
        File.AppendAllText(
            Path.Combine(builder.GitDirectory, "config"),
            $"[uploadpack]\n\tallowFilter = {(options.AllowFilter ? "true" : "false")}\n\tallowAnySHA1InWant = true\n[gc]\n\tauto = 0\n");
        return builder;
    }

    /// <summary>Commits to the default branch.</summary>
    /// <returns>The commit's id.</returns>
    public string Commit(string message, params GitChange[] changes) => CommitTo(DefaultBranch, message, changes);

    /// <summary>Commits to a branch, and creates it if it does not exist.</summary>
    /// <param name="branch">The branch, such as <c>main</c> or <c>feature/x</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="changes">The changes; none for an empty commit.</param>
    /// <param name="mergedFrom">A second parent.</param>
    /// <returns>The commit's id.</returns>
    /// <exception cref="GitFailedException">A path to move or delete does not exist, or git refused for another reason.</exception>
    public string CommitTo(string branch, string message, IEnumerable<GitChange> changes, string? mergedFrom = null)
    {
        var reference = "refs/heads/" + branch;
        // fast-import knows only the refs that it wrote itself; for others it needs the current commit of the branch.
        var parent = _imported.Add(reference) ? Find(reference) : null;
        var commit = Import.Commit(reference, parent, mergedFrom, NextSignature(), message, changes);
        Publish();
        return commit;
    }

    /// <summary>Makes a branch, or moves it.</summary>
    /// <param name="name">The branch.</param>
    /// <param name="at">A commit; null for the default branch's.</param>
    public void Branch(string name, string? at = null) => Point("refs/heads/" + name, at ?? "refs/heads/" + DefaultBranch);

    /// <summary>Deletes a branch.</summary>
    public void DeleteBranch(string name) => Remove("refs/heads/" + name);

    /// <summary>Renames a branch; when it is the default branch, HEAD follows.</summary>
    public void RenameBranch(string from, string to)
    {
        Branch(to, "refs/heads/" + from);
        DeleteBranch(from);
        if (from == DefaultBranch)
        {
            SetDefaultBranch(to);
        }
    }

    /// <summary>Points HEAD at another branch.</summary>
    public void SetDefaultBranch(string name)
    {
        GitProcess.RunText(GitDirectory, "symbolic-ref", "HEAD", "refs/heads/" + name);
        DefaultBranch = name;
    }

    /// <summary>Makes a lightweight tag, or moves it.</summary>
    /// <param name="name">The tag.</param>
    /// <param name="at">A commit; null for the default branch's.</param>
    public void Tag(string name, string? at = null) => Point("refs/tags/" + name, at ?? "refs/heads/" + DefaultBranch);

    /// <summary>Makes an annotated tag.</summary>
    /// <param name="name">The tag.</param>
    /// <param name="message">The message.</param>
    /// <param name="at">Any object, another tag included; null for the default branch's commit.</param>
    /// <returns>The id of the tag object.</returns>
    public string AnnotatedTag(string name, string message, string? at = null)
    {
        var id = Import.Tag(name, at ?? KnownOrId("refs/heads/" + DefaultBranch), NextSignature(), message);
        Publish();
        return id;
    }

    /// <summary>Deletes a tag.</summary>
    public void DeleteTag(string name)
    {
        // An annotated tag stays in fast-import's list and would be written again; git itself deletes it after that process ended.
        EndImport();
        GitProcess.RunText(GitDirectory, "update-ref", "-d", "refs/tags/" + name);
    }

    /// <summary>Delays writing until the returned value is disposed, for many commits.</summary>
    public IDisposable Batch() => new PutOff(this);

    /// <summary>Runs git in the repository and returns its output.</summary>
    /// <exception cref="GitFailedException">git ended with an exit code other than 0.</exception>
    public string Git(params string[] arguments)
    {
        // A running fast-import would overwrite the refs that git changes here with its own.
        EndImport();
        return GitProcess.RunText(Directory, arguments);
    }

    /// <summary>Allows or forbids clients to leave out objects.</summary>
    public void AllowFilter(bool allowed) => Git("config", "uploadpack.allowFilter", allowed ? "true" : "false");

    /// <summary>Checks out the default branch in a repository that is not bare.</summary>
    public void CheckOut() => Git("reset", "--quiet", "--hard");

    /// <summary>Ends git and deletes a temporary repository.</summary>
    public void Dispose()
    {
        EndImport();
        if (_temporary && System.IO.Directory.Exists(Directory))
        {
            DeleteFolder(Directory);
        }
    }

    private FastImport Import => _import ??= new FastImport(GitDirectory);

    private static void DeleteFolder(string folder)
    {
        // git writes its objects read-only, which Windows does not delete.
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
        {
            file.IsReadOnly = false;
        }

        System.IO.Directory.Delete(folder, recursive: true);
    }

    private string NextSignature()
    {
        var signature = $"Octo Cat <octo@example.com> {_now.ToUnixTimeSeconds()} +0000";
        _now = _now.AddMinutes(1);
        return signature;
    }

    private void Point(string reference, string at)
    {
        Import.Reset(reference, KnownOrId(at));
        _imported.Add(reference);
        Publish();
    }

    private void Remove(string reference)
    {
        Import.Reset(reference, NoCommit);
        _imported.Add(reference);
        Publish();
    }

    private string KnownOrId(string revision) =>
        _imported.Contains(revision) ? revision : Find(revision) ?? throw new GitFailedException($"There is no {revision}.");

    private string? Find(string revision)
    {
        var found = GitProcess.RunText(GitDirectory, "for-each-ref", "--format=%(objectname)", "--count=1", revision);
        return found.Length > 0 ? found
            : revision.StartsWith("refs/", StringComparison.Ordinal) ? null
            : revision;
    }

    private void Publish()
    {
        if (_batches == 0)
        {
            _import?.Checkpoint();
        }
    }

    private void EndImport()
    {
        _import?.Dispose();
        _import = null;
        _imported.Clear();
    }

    private sealed class PutOff : IDisposable
    {
        private readonly GitRepositoryBuilder _builder;

        public PutOff(GitRepositoryBuilder builder)
        {
            _builder = builder;
            _builder._batches++;
        }

        public void Dispose()
        {
            _builder._batches--;
            _builder.Publish();
        }
    }
}
