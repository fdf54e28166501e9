using System.Net;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Upstream.Git;
using SkillMeat.Tests.Upstream.Http;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Tokens;

public sealed class HostCredentialsTests
{
    private const string Answer = """{"name":"r"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_401_is_answered_with_what_git_keeps_and_all_that_follows_goes_with_it()
    {
        await using var server = Guarded();
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();

        for (int i = 0; i < 3; i++) Assert.Equal("r", await HttpRig.AskAsync(http, Get(server, $"group/repo{i}/info/refs")));

        Assert.Equal([null, GitCredentialScene.Basic(), GitCredentialScene.Basic(), GitCredentialScene.Basic()], server.Requests.Select(r => r.Header("Authorization")));
        Assert.Equal(["get", "store"], scene.Told);
        Assert.DoesNotContain(scene.Reports, line => line.Contains(GitCredentialScene.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_credential_is_said_so_and_git_forgets_it_and_is_not_asked_again()
    {
        await using var server = new LoopbackServer(request => Reply.Of(401, $"no {request.Header("Authorization")}"));
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();

        for (int i = 0; i < 3; i++)
        {
            var error = await HttpRig.RefusedAsync(http, Get(server, $"group/repo{i}/info/refs"), ErrorIds.UpstreamForbidden);
            Assert.StartsWith($"repository o/r: {server.Root.Authority} refused the credential that git stores for it (401). If it is private, give ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("GITHUB_TOKEN", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal([null, GitCredentialScene.Basic(), null, null], server.Requests.Select(r => r.Header("Authorization")));
        Assert.Equal(["get", "erase"], scene.Told);
        Assert.Empty(scene.Stored);
    }

    [Fact]
    public async Task Behind_a_refused_credential_a_limit_on_everybody_is_a_limit()
    {
        await using var server = new LoopbackServer(request => request.Header("Authorization") is null ? Reply.Of(401, "", "x-github-edge-message: limited") : Reply.Of(401));
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();

        await HttpRig.RefusedAsync(http, Objects(server), ErrorIds.UpstreamRateLimited);

        Assert.Equal(["get", "erase"], scene.Told);
    }

    [Fact]
    public async Task A_limit_says_nothing_of_a_credential()
    {
        await using var server = new LoopbackServer(_ => Reply.Of(401, "", "x-github-edge-message: limited"));
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();

        await HttpRig.RefusedAsync(http, Objects(server), ErrorIds.UpstreamRateLimited);

        Assert.Equal(["get"], scene.Told);
        Assert.NotEmpty(scene.Stored);
    }

    [Fact]
    public async Task A_refresh_token_is_reported_back_to_git()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The git of this test is a shell script.");
        await using var server = Guarded();
        using var scene = new GitCredentialScene();
        var folder = Directory.CreateTempSubdirectory("skm-git-");
        var git = Path.Combine(folder.FullName, "git");
        await File.WriteAllTextAsync(
            git,
            $"#!/bin/sh\n[ \"$4\" = fill ] && printf 'username=ada\\npassword={GitCredentialScene.Password}\\npassword_expiry_utc=99\\noauth_refresh_token=r3n3w\\n' || while read -r line; do echo \"$line\" >> '{folder.FullName}/'$4; done\n",
            Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var http = new UpstreamHttp(
            HttpRig.Quick, GitHubHosts.DotCom, TimeProvider.System, credentials: new HostCredentials(new GitCredentialCommand(name => name == "PATH" ? folder.FullName : null, TimeProvider.System, scene.Report)));

        await HttpRig.AskAsync(http, Get(server, "group/repo/info/refs"));

        var told = await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "approve"), Cancellation);
        Assert.Contains("password_expiry_utc=99", told);
        Assert.Contains("oauth_refresh_token=r3n3w", told);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_credential_that_opened_something_is_not_forgotten_where_it_opens_nothing()
    {
        await using var server = Guarded(closed: "/group/other");
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();
        await HttpRig.AskAsync(http, Get(server, "group/repo/info/refs"));

        var error = await HttpRig.RefusedAsync(http, Get(server, "group/other/info/refs"), ErrorIds.UpstreamNotFound);

        Assert.EndsWith($"If it is private, the credential that git stores for {server.Root.Authority} cannot access it.", error.Message, StringComparison.Ordinal);
        Assert.Equal(["get", "store"], scene.Told);
        Assert.NotEmpty(scene.Stored);
    }

    [Fact]
    public async Task A_public_repository_stays_open_though_a_credential_is_wrong()
    {
        await using var server = new LoopbackServer(request =>
            request.Target.StartsWith("/open", StringComparison.Ordinal) && request.Header("Authorization") is null ? Reply.Json(Answer) : Reply.Of(401));
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();
        await HttpRig.RefusedAsync(http, Get(server, "closed/info/refs"), ErrorIds.UpstreamForbidden);

        Assert.Equal("r", await HttpRig.AskAsync(http, Get(server, "open/info/refs")));
    }

    [Fact]
    public async Task Many_requests_that_meet_a_401_together_ask_git_once()
    {
        await using var server = Guarded();
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client(HttpRig.Quick with { MaxParallelRequests = 16 });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => HttpRig.AskAsync(http, Get(server, $"group/repo{i}/info/refs"))));

        Assert.Equal(["get", "store"], scene.Told);
        // Twice as many of git's requests are in flight as others.
        Assert.InRange(server.Requests.Count, 41, 40 + 32);
    }

    [Fact]
    public async Task Without_a_credential_git_is_asked_once_and_the_401_stands()
    {
        await using var server = Guarded();
        using var scene = new GitCredentialScene();
        using var http = scene.Client();

        for (int i = 0; i < 3; i++) await HttpRig.RefusedAsync(http, Get(server, $"group/repo{i}/info/refs"), ErrorIds.UpstreamNotFound);

        Assert.Equal(["get"], scene.Told);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Without_git_a_verbose_line_says_so()
    {
        await using var server = Guarded();
        using var scene = new GitCredentialScene { ProgramFolders = null };
        using var http = scene.Client();

        await HttpRig.RefusedAsync(http, Get(server, "group/repo/info/refs"), ErrorIds.UpstreamNotFound);

        Assert.Equal($"No credential for {server.Root.Authority}: git is not on the PATH.", Assert.Single(scene.Reports));
    }

    [Theory]
    [InlineData(403, ErrorIds.UpstreamForbidden)]
    [InlineData(404, ErrorIds.UpstreamNotFound)]
    public async Task Only_a_401_tells_that_a_credential_is_wrong(int status, string errorId)
    {
        await using var server = new LoopbackServer(request => request.Header("Authorization") is null ? Reply.Of(401) : Reply.Of(status));
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();

        await HttpRig.RefusedAsync(http, Get(server, "group/repo/info/refs"), errorId);

        Assert.Equal(["get"], scene.Told);
        Assert.NotEmpty(scene.Stored);
    }

    [Fact]
    public async Task A_redirect_takes_no_credential_to_another_host_nor_asks_for_one_there()
    {
        await using var other = Guarded();
        await using var server = new LoopbackServer(request =>
            request.Header("Authorization") != GitCredentialScene.Basic() ? Reply.Of(401) : Reply.Of(307, "", $"Location: {other.Root}group/repo/info/refs"));
        using var scene = new GitCredentialScene().Keep(server.Root).Keep(other.Root, password: "another");
        using var http = scene.Client();

        await HttpRig.RefusedAsync(http, Get(server, "group/repo/info/refs"), ErrorIds.UpstreamNotFound);

        Assert.Null(Assert.Single(other.Requests).Header("Authorization"));
        Assert.Equal(["get"], scene.Told);
    }

    [Theory]
    [InlineData("http://git.example.com/group/repo/info/refs", false)]
    [InlineData("https://git.example.com/group/repo/info/refs", true)]
    public async Task Git_is_not_asked_for_a_host_that_others_can_listen_to(string address, bool isAsked)
    {
        using var scene = new GitCredentialScene().Keep(new Uri(address));
        using var handler = new RefusingHandler();
        using var http = scene.Client(handler: handler);

        await HttpRig.RefusedAsync(http, Git(new Uri(address)), isAsked ? ErrorIds.UpstreamForbidden : ErrorIds.UpstreamNotFound);

        Assert.Equal(isAsked ? ["get", "erase"] : [], scene.Told);
        Assert.Equal(isAsked ? [null, GitCredentialScene.Basic()] : [null], handler.Authorizations);
    }

    [Fact]
    public async Task For_a_host_with_a_token_git_is_not_asked()
    {
        await using var server = Guarded();
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client(HttpRig.QuickWithToken, HttpRig.HostsOf(server.Root));

        await HttpRig.RefusedAsync(http, Get(server, "group/repo/info/refs"), ErrorIds.UpstreamUnauthorized);

        Assert.Empty(scene.Told);
    }

    [Fact]
    public async Task Where_git_tells_paths_apart_each_repository_has_its_own_credential()
    {
        await using var server = new LoopbackServer(request => request.Target switch
        {
            "/a/one/info/refs" when request.Header("Authorization") == GitCredentialScene.Basic("first") => Reply.Json(Answer),
            "/b/two.git/info/refs" when request.Header("Authorization") == GitCredentialScene.Basic("second") => Reply.Json(Answer),
            _ => Reply.Of(401),
        });
        using var scene = new GitCredentialScene("\tuseHttpPath = true\n").Keep(server.Root, "a/one", "first").Keep(server.Root, "b/two.git", "second");
        using var http = scene.Client();

        foreach (var path in (string[])["a/one", "b/two.git", "a/one", "b/two.git"]) Assert.Equal("r", await HttpRig.AskAsync(http, Get(server, $"{path}/info/refs")));

        Assert.Equal(["get", "store", "get", "store"], scene.Told);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task A_helper_that_never_answers_is_left_after_a_while()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs sh's sleep");
        await using var server = Guarded();
        using var scene = new GitCredentialScene(helper: "sleep 600").Keep(server.Root);
        var time = new ManualTimeProvider();
        using var http = scene.Client(time: time);

        var asking = HttpRig.RefusedAsync(http, Get(server, "group/repo/info/refs"), ErrorIds.UpstreamNotFound);
        await time.TimerAsync(wait => wait == TimeSpan.FromSeconds(15));
        time.Advance(TimeSpan.FromSeconds(15));
        await asking;

        Assert.Contains($"'git credential fill' for {server.Root.Authority} did not end within 15 s.", scene.Reports);
    }

    [Fact]
    public async Task A_path_that_could_be_taken_for_another_line_is_not_told()
    {
        await using var server = Guarded();
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();

        Assert.Equal("r", await HttpRig.AskAsync(http, Get(server, "group/re%0Ahost=evil.example/info/refs")));

        Assert.Contains("127.0.0.1", scene.Stored, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", scene.Stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_a_server_echoes_is_in_no_message()
    {
        await using var server = new LoopbackServer(request =>
            request.Header("Authorization") is { } sent ? Reply.Of(403, $$"""{"message":"{{sent["Basic ".Length..]}} and {{GitCredentialScene.Password}}"}""") : Reply.Of(401));
        using var scene = new GitCredentialScene().Keep(server.Root);
        using var http = scene.Client();

        var error = await HttpRig.RefusedAsync(http, Get(server, "group/repo/info/refs"), ErrorIds.UpstreamForbidden);

        Assert.EndsWith("(403): [token] and [token].", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_private_repository_of_any_git_host_is_asked_with_the_credential(bool hasCredential)
    {
        using var sandbox = new GitSandbox();
        sandbox.Init("repo");
        sandbox.Write("repo", "skills/a/SKILL.md", "---\nname: a\n---\n");
        var head = sandbox.CommitAll("repo", "1");
        await using var backend = await GitHttpBackend.StartAsync(sandbox.Root);
        backend.Alter = (request, reply) => request.Headers.Authorization == GitCredentialScene.Basic() ? reply : new GitHttpReply(401, "text/plain", []);
        using var home = new TempHome();
        Directory.CreateDirectory(home.At("collections"));
        using var scene = new GitCredentialScene();
        if (hasCredential) scene.Keep(new Uri(backend.UriOf("").GetLeftPart(UriPartial.Authority)));
        using var session = UpstreamSession.Create(CollectionStore.Open(home.Path), new UpstreamSessionOptions { Environment = scene.Environment, Http = HttpRig.Quick });
        var follows = new PathQuestion("skills/a", ArtifactType.Skill, RefSpec.Latest, BaseCommit: null, BaseContentHash: null, ManifestDetail.Id);
        var question = new RepositoryQuestion(RepositoryAddress.OnGitHost(backend.UriOf("repo")), [follows], [], WithFacts: false);

        var answer = Assert.Single(await session.Provider.AskAllAsync([question], Cancellation));

        if (hasCredential)
        {
            Assert.Null(answer.Error);
            Assert.Equal((head, true), (answer.Paths[0].Commit, answer.Paths[0].Exists));
            Assert.Equal(["get", "store"], scene.Told);
        }
        else
        {
            Assert.Equal(ErrorIds.UpstreamNotFound, answer.Error!.ErrorId);
            Assert.EndsWith("If it is private, give a user name and a password or token to git's credential helper ('git credential approve').", answer.Error.Message, StringComparison.Ordinal);
        }
    }

    private static LoopbackServer Guarded(string? closed = null) => new(request =>
        request.Header("Authorization") == GitCredentialScene.Basic() && (closed is null || !request.Target.StartsWith(closed, StringComparison.Ordinal)) ? Reply.Json(Answer) : Reply.Of(401));

    private static UpstreamHttpRequest Get(LoopbackServer server, string path) => Git(new Uri(server.Root, path));

    private static UpstreamHttpRequest Objects(LoopbackServer server) =>
        Get(server, "o/r.git/git-upload-pack") with { Role = HostRole.GitObjects, Method = HttpMethod.Post, Content = "0000"u8.ToArray() };

    private static UpstreamHttpRequest Git(Uri uri) => new() { Uri = uri, What = "repository o/r", Role = HostRole.Git };

    private sealed class RefusingHandler : HttpMessageHandler
    {
        public List<string?> Authorizations { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorizations.Add(request.Headers.NonValidated.TryGetValues("Authorization", out var values) ? values.ToString() : null);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized) { RequestMessage = request });
        }
    }
}
