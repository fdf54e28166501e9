using System.ComponentModel;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Diagnosis;

/// <summary>
/// Tests the access to the hosts of a home's artifacts and to the configured GitHub server: whether they are reachable, whether the token and
/// credentials are accepted, how much of the rate limits is left, and what is public. It sends a handful of requests to each host, never prompts for
/// a password, and writes nothing.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class UpstreamDoctor
{
    private const string ThisComputer = "this computer";

    /// <summary>The number of repositories of a host that are tried in search of a public one.</summary>
    private const int RepositoriesOfHost = 3;

    private const int HostsAtOnce = 4;

    private readonly CollectionStore _store;
    private readonly UpstreamSessionOptions _options;

    /// <summary>Creates a doctor for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="options">The options of a session. Requests are not retried, and rate limits are not waited for.</param>
    public UpstreamDoctor(CollectionStore store, UpstreamSessionOptions options)
    {
        _store = store;
        _options = options;
    }

    /// <summary>Runs all tests.</summary>
    /// <param name="progressed">Called, from any thread, with the number of hosts that have been tested; null for no report.</param>
    /// <param name="cancellationToken">Cancels the tests.</param>
    /// <returns>The findings, good and bad: first this computer, then the hosts, then the folders, each sorted by name.</returns>
    /// <exception cref="SkillMeatException">
    /// With <see cref="ErrorIds.InvalidArgument"/> if an environment variable for the GitHub server, the token or an option is not valid. With <see
    /// cref="ErrorIds.InvalidData"/> if the configuration cannot be read.
    /// </exception>
    public async Task<IReadOnlyList<UpstreamFinding>> ExamineAsync(Action<UpstreamProgress>? progressed = null, CancellationToken cancellationToken = default)
    {
        var http = _options.Http with { MaxRetries = 0, MaxRateLimitWait = TimeSpan.Zero };
        http.Validate();
        var configured = GitHubHosts.FromEnvironment(_options.Environment);
        var (addresses, findings) = ReadAddresses(configured);
        var hosts = HostsOf(addresses, configured);
        findings.Insert(0, await CheckGitAsync(addresses.Any(address => address.Kind == RepositoryKind.Git), cancellationToken).ConfigureAwait(false));

        using var tokens = new TokenChain(
            configured,
            _options.Http.Token,
            _options.Environment,
            () => GitHubToken.From(_store.ReadConfig().GitHubToken, $"settings.github-token in {_store.Layout.ConfigFile}"),
            ChildProcess.RunAsync,
            _store.Time,
            _options.Report);
        var token = await tokens.FindAsync(cancellationToken).ConfigureAwait(false);
        var credentials = new HostCredentials(new GitCredentialCommand(_options.Environment, _store.Time, _options.Report), reportsVerdicts: false);
        using var open = new UpstreamHttp(http with { Token = null }, configured, _store.Time, _options.Handler, _options.Report);
        using var closed = new UpstreamHttp(http with { Token = token }, configured, _store.Time, _options.Handler, _options.Report, credentials: credentials);
        var (anonymous, authorized) = (new HostProbe(open, _store.Time), new HostProbe(closed, _store.Time));

        var examined = new IReadOnlyList<UpstreamFinding>[hosts.Count];
        int done = 0;
        progressed?.Invoke(new UpstreamProgress(0, hosts.Count));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, hosts.Count),
            new ParallelOptions { MaxDegreeOfParallelism = HostsAtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                var examination = new HostExamination(hosts[i], configured, token, anonymous, authorized, credentials, new ProxyInUse(_options.Handler), _store.Time);
                examined[i] = (await examination.RunAsync(stop).ConfigureAwait(false)).Select(f => f with { Message = closed.Scrub(f.Message) }).ToList();
                progressed?.Invoke(new UpstreamProgress(Interlocked.Increment(ref done), hosts.Count));
            }).ConfigureAwait(false);

        return [.. findings, .. examined.SelectMany(found => found), .. CheckFolders(addresses)];
    }

    private (IReadOnlyList<RepositoryAddress> Addresses, List<UpstreamFinding> Findings) ReadAddresses(GitHubHosts configured)
    {
        var addresses = new HashSet<RepositoryAddress>();
        var findings = new List<UpstreamFinding>();
        foreach (string name in _store.ListNames())
        {
            try
            {
                var collection = _store.Read(name);
                var context = new SourceContext(configured.Server, collection.Folder, HomeFolder.UserFolder(_options.Environment));
                foreach (var tracked in collection.Artifacts.Select(artifact => TrackedArtifact.From(artifact, context)))
                {
                    if (tracked.Source is { } source) addresses.Add(source.Repository);
                    else if (tracked.Problem is { } problem) findings.Add(new UpstreamFinding(ThisComputer, "collection", FindingStatus.Warning, $"{tracked.Artifact.ArtifactId} of '{name}': {problem.Message}"));
                }
            }
            catch (SkillMeatException e)
            {
                findings.Add(new UpstreamFinding(ThisComputer, "collection", FindingStatus.Error, e.Message));
            }
        }
        return ([.. addresses.OrderBy(address => address.ToString(), StringComparer.Ordinal)], findings);
    }

    private static List<ExaminedHost> HostsOf(IReadOnlyList<RepositoryAddress> addresses, GitHubHosts configured)
    {
        var hosts = addresses
            .Where(address => address.Url is not null)
            .GroupBy(address => address.Url!.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase)
            .Select(group => new ExaminedHost(new Uri(group.Key), group.Take(RepositoriesOfHost).ToList()))
            .ToList();
        if (!hosts.Exists(host => Origin.AreSame(host.Server, configured.Server)))
        {
            // A public repository that GitHub maintains for tests.
            RepositoryAddress[] open = configured == GitHubHosts.DotCom ? [RepositoryAddress.OnGitHub(configured.Server, "octocat", "Hello-World")] : [];
            hosts.Add(new ExaminedHost(configured.Server, open));
        }
        return [.. hosts.OrderBy(host => host.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<UpstreamFinding> CheckGitAsync(bool isNeeded, CancellationToken cancellationToken)
    {
        var otherwise = isNeeded ? FindingStatus.Error : FindingStatus.Warning;
        if (ProgramPath.Find("git", _options.Environment) is not { } git)
            return new UpstreamFinding(ThisComputer, "git", otherwise, "git is not on the PATH, so artifacts from hosts other than GitHub cannot be fetched, and stored credentials cannot be used. Install it from git-scm.com or with a package manager.");
        try
        {
            var answer = await ChildProcess.RunAsync(git, ["--version"], cancellationToken).ConfigureAwait(false);
            return answer.ExitCode == 0
                ? new UpstreamFinding(ThisComputer, "git", FindingStatus.Ok, $"{ServerText.Cut(ServerText.Flatten(answer.Output), 60)} is {git}.")
                : new UpstreamFinding(ThisComputer, "git", otherwise, $"{git} exited with code {answer.ExitCode}; reinstall git.");
        }
        catch (Win32Exception e)
        {
            return new UpstreamFinding(ThisComputer, "git", otherwise, $"{git} cannot be started: {UpstreamErrors.Innermost(e)}.");
        }
    }

    private static IEnumerable<UpstreamFinding> CheckFolders(IReadOnlyList<RepositoryAddress> addresses) =>
        addresses.Where(address => address.Kind == RepositoryKind.Folder).Select(address => Directory.Exists(address.Folder)
            ? new UpstreamFinding(address.Folder!, "folder", FindingStatus.Ok, "The folder exists.")
            : new UpstreamFinding(address.Folder!, "folder", FindingStatus.Error, "The folder does not exist; put it back, or remove the artifacts that come from it."));
}
