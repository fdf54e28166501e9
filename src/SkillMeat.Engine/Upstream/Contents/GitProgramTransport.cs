using System.Buffers;
using System.ComponentModel;
using System.Net;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Wire;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Answers git requests about a repository that is reached by ssh, by means of the <c>git</c> program: it lists the refs, fetches the wanted objects
/// into a temporary repository, and serves them from there.
/// </summary>
/// <param name="environment">Reads an environment variable; <c>PATH</c> is used to find git.</param>
/// <param name="temporary">The folder for temporary files.</param>
/// <param name="patience">The longest silence of a server.</param>
/// <param name="repository">The repository.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Called with a one-line message when the temporary repository cannot be removed.</param>
internal sealed class GitProgramTransport(Func<string, string?> environment, string temporary, TimeSpan patience, RepositoryAddress repository, TimeProvider time, Action<string> report) : IGitTransport, IDisposable
{
    private const string Protocols = "http:https:ssh:git";
    private const string Version0 = "side-band-64k ofs-delta shallow no-progress filter allow-tip-sha1-in-want allow-reachable-sha1-in-want";
    private const string WantPrefix = "want ";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<string> _brought = new(StringComparer.Ordinal);
    private TemporaryFolder? _folder;

    /// <inheritdoc/>
    public UpstreamLimits Limits { get; init; } = new();

    public async Task<T> SendAsync<T>(GitRequest request, ReadGitAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var body = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                body.Position = 0;
                return await readAsync(new GitAnswer(HttpStatusCode.OK, request.AnswerType, request.Uri), body, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Win32Exception e)
        {
            throw Unavailable($"git cannot be started: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable($"cannot write temporary files: {e.Message}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _folder?.Dispose();
        _turn.Dispose();
    }

    private async Task<Stream> AnswerAsync(GitRequest request, CancellationToken cancellationToken)
    {
        var file = ProgramPath.Find("git", environment) ?? throw Unavailable("ssh addresses need git, which is not on the PATH; install git from git-scm.com or with a package manager");
        if (_folder is null)
        {
            _folder = new TemporaryFolder(temporary, report);
            var begun = await new GitProgram(file, _folder.Path, Protocols, patience, time).RunAsync(["init", "--quiet", "--bare", "--template="], cancellationToken).ConfigureAwait(false);
            if (begun.ExitCode != 0) throw Unavailable($"git cannot create a temporary repository: {begun.Errors}");
        }

        var git = new GitProgram(file, _folder.Path, Protocols, patience, time);
        if (request.Body is not { } body) return Advertise(await ListAsync(git, cancellationToken).ConfigureAwait(false));
        var lines = TextsIn(body.Span);
        if (lines.Contains("command=ls-refs")) return Answer(await ListAsync(git, cancellationToken).ConfigureAwait(false));
        await BringAsync(git, [.. lines.Where(line => line.StartsWith(WantPrefix, StringComparison.Ordinal)).Select(line => line[WantPrefix.Length..].Split(' ')[0])], cancellationToken)
            .ConfigureAwait(false);
        return await ServeAsync(new GitProgram(file, _folder.Path, Protocols, patience, time, request.Protocol), _folder.Path, body, cancellationToken).ConfigureAwait(false);
    }

    // Returns "<id> TAB <ref>" and "ref: <target> TAB <symbolic ref>", as printed by git ls-remote.
    private async Task<List<(string Id, string Name)>> ListAsync(GitProgram git, CancellationToken cancellationToken)
    {
        GitRun<string> run;
        try
        {
            run = await git.RunWatchedAsync(["ls-remote", "--quiet", "--symref", "--", repository.GitAddress!], ReadText, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw Unavailable($"git could not list its refs {e.Message}; try 'git ls-remote {repository.GitAddress}'", e);
        }

        if (run.ExitCode != 0) throw GitFetch.Failed(repository, "list its refs", run.Errors);
        return [.. run.Output.Split('\n').Select(line => line.Split('\t', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))];
    }

    private async Task BringAsync(GitProgram git, IReadOnlyList<string> wants, CancellationToken cancellationToken)
    {
        // git is not asked which objects exist, because it would fetch the whole history for a missing one.
        var missing = wants.Where(want => GitOid.TryParse(want, out _) && !_brought.Contains(want)).ToList();
        if (missing.Count == 0) return;
        GitRun<bool> run;
        try
        {
            run = await git.RunWatchedAsync(["fetch", "--progress", "--depth=1", "--no-tags", "--filter=blob:none", "--", repository.GitAddress!, .. missing], cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw Unavailable($"git got no objects {e.Message}; try 'git fetch {repository.GitAddress}'", e);
        }

        if (run.ExitCode == 0)
        {
            _brought.UnionWith(missing);
            return;
        }

        if (run.Errors.Contains("not our ref", StringComparison.Ordinal)) throw GitProtocolException.FromServer(Encoding.UTF8.GetBytes(run.Errors));
        throw GitFetch.Failed(repository, "fetch from it", run.Errors);
    }

    private async Task<Stream> ServeAsync(GitProgram git, string folder, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var answer = GitRepository.CreateTemporaryFile();
        try
        {
            var run = await git.RunAsync(
                ["-c", "uploadpack.allowFilter=true", "-c", "uploadpack.allowAnySHA1InWant=true", "upload-pack", "--stateless-rpc", folder],
                request,
                output =>
                {
                    output.CopyTo(answer);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            return run.ExitCode == 0 ? answer : throw Unavailable($"git cannot read the fetched objects: {run.Errors}");
        }
        catch
        {
            await answer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static MemoryStream Advertise(List<(string Id, string Name)> refs)
    {
        var output = new ArrayBufferWriter<byte>();
        var lines = new PktLineWriter(output);
        var head = refs.Find(one => one.Name == "HEAD" && one.Id.StartsWith("ref: ", StringComparison.Ordinal)).Id is { } target ? $" symref=HEAD:{target["ref: ".Length..]}" : "";
        var named = refs.Where(one => GitOid.TryParse(one.Id, out _)).ToList();
        if (named.Count == 0) named.Add((default(GitOid).ToString(), "capabilities^{}"));
        lines.WriteText("# service=git-upload-pack");
        lines.WriteFlush();
        for (var i = 0; i < named.Count; i++) lines.WriteText($"{named[i].Id} {named[i].Name}{(i == 0 ? $"\0{Version0}{head}" : "")}");
        lines.WriteFlush();
        return new MemoryStream(output.WrittenSpan.ToArray());
    }

    private static MemoryStream Answer(List<(string Id, string Name)> refs)
    {
        const string peeled = "^{}";
        var output = new ArrayBufferWriter<byte>();
        var lines = new PktLineWriter(output);
        var targets = refs.Where(one => one.Id.StartsWith("ref: ", StringComparison.Ordinal)).ToDictionary(one => one.Name, one => one.Id["ref: ".Length..], StringComparer.Ordinal);
        var tags = refs.Where(one => one.Name.EndsWith(peeled, StringComparison.Ordinal)).ToDictionary(one => one.Name[..^peeled.Length], one => one.Id, StringComparer.Ordinal);
        foreach (var (id, name) in refs.Where(one => GitOid.TryParse(one.Id, out _) && !one.Name.EndsWith(peeled, StringComparison.Ordinal)))
        {
            lines.WriteText($"{id} {name}{(targets.TryGetValue(name, out var target) ? $" symref-target:{target}" : "")}{(tags.TryGetValue(name, out var commit) ? $" peeled:{commit}" : "")}");
        }

        lines.WriteFlush();
        return new MemoryStream(output.WrittenSpan.ToArray());
    }

    // The body is one of this program's own requests, so its lengths are correct.
    private static List<string> TextsIn(ReadOnlySpan<byte> body)
    {
        var texts = new List<string>();
        while (body.Length >= PktLine.HeaderLength)
        {
            var length = Convert.ToInt32(Encoding.ASCII.GetString(body[..PktLine.HeaderLength]), 16);
            if (length > PktLine.HeaderLength) texts.Add(Encoding.UTF8.GetString(body[PktLine.HeaderLength..length]).TrimEnd('\n'));
            body = body[Math.Max(length, PktLine.HeaderLength)..];
        }

        return texts;
    }

    private static string ReadText(Stream output)
    {
        using var reader = new StreamReader(output);
        return reader.ReadToEnd();
    }

    private UpstreamException Unavailable(string problem, Exception? cause = null) =>
        new(ErrorIds.UpstreamUnavailable, $"{repository}: {problem.TrimEnd('.')}.", innerException: cause);
}
