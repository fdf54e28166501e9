using System.ComponentModel;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Packs;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches content from any git host with the <c>git</c> program: the commit without its history into a temporary repository, and its objects from
/// there into the store, exactly as committed and verified by their ids.
/// </summary>
/// <param name="environment">Reads an environment variable; <c>PATH</c> is used to find git.</param>
/// <param name="temporary">The folder for temporary files.</param>
/// <param name="mostAtOnce">The maximum number of concurrent downloads.</param>
/// <param name="patience">The longest silence of a server.</param>
/// <param name="time">The clock.</param>
/// <param name="index">The index of content that was fetched before.</param>
/// <param name="report">Called with a one-line message when something takes longer than usual.</param>
internal sealed class GitProgramContents(
    Func<string, string?> environment, string temporary, int mostAtOnce, TimeSpan patience, TimeProvider time, IGitContentIndex index, Action<string> report) : IContentSource, IDisposable
{
    private readonly SemaphoreSlim _slots = new(mostAtOnce);

    /// <summary>Returns the limits of what a server may send.</summary>
    public Func<UpstreamLimits> Limits { get; init; } = () => new UpstreamLimits();

    public Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectBatch objects, CancellationToken cancellationToken) =>
        FetchAsync(question, objects, lfs: null, cancellationToken);

    /// <summary>Fetches content, including the files of Git LFS pointers.</summary>
    /// <param name="question">The wanted content.</param>
    /// <param name="objects">The batch that receives the content.</param>
    /// <param name="lfs">Fetches the files of Git LFS pointers; null if the repository is not reached over HTTP.</param>
    /// <param name="cancellationToken">Cancels the fetch.</param>
    public async Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectBatch objects, LfsDownloads? lfs, CancellationToken cancellationToken)
    {
        var repository = question.Repository;
        var file = ProgramPath.Find("git", environment) ?? throw Unavailable(repository, "fetching from it needs git, which is not on the PATH; install git from git-scm.com or with a package manager");
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var folder = new TemporaryFolder(temporary, report);
            var address = AddressOf(repository);
            var git = new GitProgram(file, folder.Path, repository.GitUrl!.IsFile ? "file" : "http:https:ssh:git", patience, time);
            var begun = await git.RunAsync(["init", "--quiet", "--bare", "--template="], cancellationToken).ConfigureAwait(false);
            if (begun.ExitCode != 0) throw Unavailable(repository, $"git cannot create a temporary repository: {begun.Errors}");
            await new GitFetch(git, folder.Path, question, address, report).RunAsync(cancellationToken).ConfigureAwait(false);
            return await StoreAsync(git, question, objects, lfs, cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            throw Unavailable(repository, $"git cannot be started: {e.Message}", e);
        }
        catch (GitProtocolException e)
        {
            throw Unavailable(repository, $"cannot read git's output for {question.Commit}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(repository, $"cannot write temporary files: {e.Message}", e);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>
    /// Removes a password from an address, because other users can see arguments; git asks its credential helpers instead. The user of an ssh address
    /// is not secret.
    /// </summary>
    private static string AddressOf(RepositoryAddress repository)
    {
        if (repository.IsSsh || repository.GitUrl!.UserInfo.Length == 0) return repository.GitAddress!;
        return new UriBuilder(repository.GitUrl) { UserName = "", Password = "" }.Uri.AbsoluteUri;
    }

    private async Task<IReadOnlyList<FetchedPath>> StoreAsync(GitProgram git, ContentQuestion question, ObjectBatch objects, LfsDownloads? lfs, CancellationToken cancellationToken)
    {
        var root = await git.RunAsync(["rev-parse", "--verify", "--end-of-options", $"{question.Commit}^{{tree}}"], ReadLine, cancellationToken).ConfigureAwait(false);
        if (root.ExitCode != 0 || !GitOid.TryParse(root.Output, out var tree)) throw Unavailable(question.Repository, $"git cannot read {question.Commit}: {root.Errors}");
        using var packs = new GitPacks();
        packs.Add(await PackAsync(git, ["--revs", "--filter=blob:none"], [tree], question, cancellationToken).ConfigureAwait(false));
        using var assembly = new ContentAssembly(question, objects, index, Limits());
        var lister = new GitLister(packs.ReadTree);
        do
        {
            foreach (var path in assembly.Unlisted) assembly.List(lister.ListAt(tree, path));
            if (assembly.Missing.Count == 0) continue;
            packs.Add(await PackAsync(git, [], assembly.Missing, question, cancellationToken).ConfigureAwait(false));
            foreach (var id in assembly.Missing.ToList()) assembly.Add(id, packs.ReadBlob(id));
        }
        while (assembly.FollowLinks(cancellationToken));

        if (lfs is not null) await lfs.BringAsync(assembly, cancellationToken).ConfigureAwait(false);
        else foreach (var (id, _) in assembly.Pointers) assembly.GiveUp(id, "Git LFS is supported over HTTPS only");
        return assembly.Finish(cancellationToken);
    }

    private async Task<GitObjects> PackAsync(GitProgram git, string[] options, IEnumerable<GitOid> ids, ContentQuestion question, CancellationToken cancellationToken)
    {
        var input = Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => $"{id}\n")));
        using var spool = new PackSpool(GitRepository.CreateTemporaryFile, Limits());
        var run = await git.RunAsync(
            ["pack-objects", "--stdout", "--quiet", "--delta-base-offset", .. options],
            input,
            output =>
            {
                Copy(output, spool, cancellationToken);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (run.ExitCode != 0) throw Unavailable(question.Repository, $"git cannot read {question.Commit}: {run.Errors}");
        return GitObjects.Open(await spool.CompleteAsync(cancellationToken).ConfigureAwait(false), includesBlobs: options.Length == 0, Limits(), cancellationToken);
    }

    // This runs on a separate thread, which may block.
    private static void Copy(Stream output, PackSpool spool, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = output.Read(buffer)) > 0;) spool.AppendAsync(buffer.AsMemory(0, read), cancellationToken).AsTask().GetAwaiter().GetResult();
    }

    private static string ReadLine(Stream output)
    {
        using var reader = new StreamReader(output);
        return reader.ReadToEnd().Trim();
    }

    private static UpstreamException Unavailable(RepositoryAddress repository, string problem, Exception? cause = null) =>
        new(ErrorIds.UpstreamUnavailable, $"{repository}: {problem.TrimEnd('.')}.", innerException: cause);
}
