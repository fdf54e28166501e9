using System.ComponentModel;
using SkillMeat.Errors;
using SkillMeat.Storage.Objects;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Brings content from any git host with the program <c>git</c>: the one commit without its history, into a temporary repository, and from there as an archive into the store.
/// </summary>
/// <param name="environment">Reads an environment variable; <c>PATH</c> says where git is.</param>
/// <param name="temporary">The folder for temporary files.</param>
/// <param name="mostAtOnce">How many downloads run at the same time.</param>
/// <param name="patience">The longest silence of a server.</param>
/// <param name="report">Told, in a line, when something takes longer than usual.</param>
internal sealed class GitArchives(Func<string, string?> environment, string temporary, int mostAtOnce, TimeSpan patience, Action<string> report) : IContentSource, IDisposable
{
    private const string AsCommitted = "* -export-ignore -export-subst\n";

    private readonly SemaphoreSlim _slots = new(mostAtOnce);

    public async Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectStore store, CancellationToken cancellationToken)
    {
        var repository = question.Repository;
        var file = ProgramPath.Find("git", environment) ?? throw Unavailable(repository, "git, which fetches from it, is not on the PATH; install git from git-scm.com or with a package manager");
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var folder = new TemporaryFolder(temporary, report);
            var address = AddressOf(repository);
            var git = new GitProgram(file, folder.Path, address.IsFile ? "file" : "http:https:ssh:git", patience);
            await BeginAsync(git, folder.Path, repository, cancellationToken).ConfigureAwait(false);
            await new GitFetch(git, folder.Path, question, address, report).RunAsync(cancellationToken).ConfigureAwait(false);
            return await ArchiveAsync(git, question, store, cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            throw Unavailable(repository, $"git can't be started: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(repository, $"its content can't be put aside: {e.Message}", e);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>An address may hold a password, which as an argument everybody on the machine could read. git asks its credential helpers.</summary>
    private static Uri AddressOf(RepositoryAddress repository)
    {
        var url = repository.Url!;
        return url.UserInfo.Length == 0 ? url : new UriBuilder(url) { UserName = "", Password = "" }.Uri;
    }

    private static async Task BeginAsync(GitProgram git, string folder, RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var begun = await git.RunAsync(["init", "--quiet", "--bare", "--template="], cancellationToken).ConfigureAwait(false);
        if (begun.ExitCode != 0) throw Unavailable(repository, $"git can't make a temporary repository: {begun.Errors}");
        // What a repository keeps out of its releases is part of its artifacts all the same.
        var info = Directory.CreateDirectory(Path.Combine(folder, "info"));
        await File.WriteAllTextAsync(Path.Combine(info.FullName, "attributes"), AsCommitted, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<FetchedPath>> ArchiveAsync(GitProgram git, ContentQuestion question, ObjectStore store, CancellationToken cancellationToken)
    {
        var reading = new ArchiveReading(question, store);
        try
        {
            var run = await git.RunAsync(["archive", "--format=tar", question.Commit], output => reading.ReadPlain(output, cancellationToken), cancellationToken).ConfigureAwait(false);
            return run.ExitCode == 0 ? run.Output : throw Unavailable(question.Repository, $"git can't read {question.Commit}: {run.Errors}");
        }
        catch (Exception e) when (e is DataFileException { IsDamaged: true } or EndOfStreamException)
        {
            throw Unavailable(question.Repository, $"what git wrote of {question.Commit} is damaged: {e.Message}", e);
        }
    }

    private static UpstreamException Unavailable(RepositoryAddress repository, string problem, Exception? cause = null) =>
        new(ErrorIds.UpstreamUnavailable, $"{repository}: {problem.TrimEnd('.')}.", innerException: cause);
}
