using System.ComponentModel;
using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Tokens;

public sealed class TokenChainTests : IDisposable
{
    private static readonly string[] Sources = ["the --token option", "SKILLMEAT_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "settings.github-token in config.toml", "gh auth token"];

    private readonly string _folder = Directory.CreateTempSubdirectory("skm-path-").FullName;
    private readonly Dictionary<string, string> _environment = [];
    private readonly List<string> _said = [];
    private readonly List<string> _run = [];
    private readonly ManualTimeProvider _time = new();
    private GitHubToken? _given;
    private string? _setting;
    private Func<CancellationToken, Task<ProcessOutput>> _gh = _ => Task.FromResult(new ProcessOutput(1, ""));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_first_source_that_is_not_blank_wins()
    {
        InstallGh();
        for (int first = 0; first < Sources.Length; first++)
        {
            _given = GitHubToken.From(Value(0, first), Sources[0]);
            for (int i = 1; i <= 3; i++) _environment[Sources[i]] = Value(i, first);
            _setting = Value(4, first);
            _gh = _ => Task.FromResult(new ProcessOutput(0, "token5\n"));

            var token = await FindAsync();

            Assert.Equal((Sources[first], $"token{first}"), (token!.Source, token.Reveal()));
            Assert.Equal(first == 5 ? 1 : 0, _run.Count);
        }

        static string Value(int source, int first) => source < first ? " " : $"token{source}";
    }

    [Fact]
    public async Task Gh_is_asked_for_the_configured_host_by_its_full_path()
    {
        InstallGh();
        _environment["GITHUB_SERVER_URL"] = "https://ghe.example.com:8443";

        Assert.Null(await FindAsync());

        Assert.Equal($"{Path.Combine(_folder, GhName)} auth token --hostname ghe.example.com", Assert.Single(_run));
        Assert.Equal("No token: gh has none for ghe.example.com (exit code 1).", Assert.Single(_said));
    }

    [Fact]
    public async Task Gh_is_not_asked_when_it_is_not_on_the_path()
    {
        _environment["PATH"] = string.Join(Path.PathSeparator, _folder, "", ".", "relative");
        await File.WriteAllTextAsync(Path.Combine(_folder, "gh"), "not a program", TestContext.Current.CancellationToken);

        Assert.Null(await FindAsync());

        Assert.Empty(_run);
        Assert.Equal("No token: gh is not on the PATH.", Assert.Single(_said));
    }

    [Fact]
    public async Task Gh_is_asked_once_per_instance()
    {
        InstallGh();
        _gh = async _ => { await Task.Yield(); return new ProcessOutput(0, "gho_1"); };
        using var chain = Chain();

        var tokens = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => chain.FindAsync(TestContext.Current.CancellationToken)));

        Assert.Single(_run);
        Assert.All(tokens, token => Assert.Same(tokens[0], token));
    }

    [Fact]
    public async Task A_silent_gh_is_given_up_after_three_seconds()
    {
        InstallGh();
        _gh = async token => { await Task.Delay(Timeout.Infinite, token); return new ProcessOutput(0, "late"); };

        var asking = FindAsync();
        var patience = await _time.TimerAsync(_ => true).WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(patience);

        Assert.Null(await asking);
        Assert.Equal(TimeSpan.FromSeconds(3), patience);
        Assert.Equal("No token: gh did not answer within 3 s.", Assert.Single(_said));
    }

    [Fact]
    public async Task A_gh_that_does_not_start_or_talks_nonsense_is_no_token()
    {
        InstallGh();
        _gh = _ => throw new Win32Exception("exec format error");
        Assert.Null(await FindAsync());
        _gh = _ => Task.FromResult(new ProcessOutput(0, "A new release of gh is available\ngho_1"));
        Assert.Null(await FindAsync());

        Assert.StartsWith("No token: gh cannot be started: exec format error", _said[0], StringComparison.Ordinal);
        Assert.StartsWith("No token: The token from gh auth token is not valid", _said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_not_remembered_as_no_token()
    {
        InstallGh();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _gh = async token => { await cancel.CancelAsync(); token.ThrowIfCancellationRequested(); return new ProcessOutput(0, "never"); };
        using var chain = Chain();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chain.FindAsync(cancel.Token));

        _gh = _ => Task.FromResult(new ProcessOutput(0, "gho_1"));

        Assert.Equal("gho_1", (await chain.FindAsync(TestContext.Current.CancellationToken))!.Reveal());
    }

    [Fact]
    public async Task A_broken_token_is_an_error_that_names_its_variable()
    {
        _environment["GITHUB_TOKEN"] = "a\nb";

        var error = await Assert.ThrowsAsync<SkillMeatException>(FindAsync);

        Assert.Contains("from GITHUB_TOKEN", error.Message, StringComparison.Ordinal);
    }

    private static string GhName => OperatingSystem.IsWindows() ? "gh.exe" : "gh";

    private void InstallGh()
    {
        string file = Path.Combine(_folder, GhName);
        File.WriteAllText(file, "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _environment["PATH"] = string.Join(Path.PathSeparator, Path.Combine(_folder, "missing"), _folder);
    }

    private async Task<GitHubToken?> FindAsync()
    {
        using var chain = Chain();
        return await chain.FindAsync(TestContext.Current.CancellationToken);
    }

    private TokenChain Chain()
    {
        Func<string, string?> environment = name => _environment.GetValueOrDefault(name);
        return new TokenChain(GitHubHosts.FromEnvironment(environment), _given, environment, () => GitHubToken.From(_setting, Sources[4]), RunAsync, _time, _said.Add);
    }

    private Task<ProcessOutput> RunAsync(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        _run.Add($"{fileName} {string.Join(' ', arguments)}");
        return _gh(cancellationToken);
    }
}
