using System.Globalization;
using System.Text;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Wire;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>The number of commits between two commits, with git as the oracle.</summary>
public sealed class CommitCountTests : IDisposable
{
    private static readonly HttpClient Http = new();

    private readonly GitSandbox _git = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _git.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Random_histories_are_counted_as_git_counts_them(int seed)
    {
        var random = new Random(seed);
        var commits = Import("random", random, count: 60, branches: 4);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);
        for (var round = 0; round < 6; round++)
        {
            var newer = commits[random.Next(commits.Count / 2, commits.Count)];
            var other = commits[random.Next(commits.Count)];
            List<CommitQuestion> questions = [.. Enumerable.Range(0, random.Next(1, 7)).Select(number => Ask(server, "random", commits[random.Next(commits.Count)], number % 3 == 2 ? other : newer))];
            var answers = await CountAsync(server, "random", questions);
            for (var i = 0; i < questions.Count; i++)
            {
                Assert.Equal(new CommitAnswer(Oracle("random", questions[i]), IsFinal: true), answers[i]);
            }
        }
    }

    [Fact]
    public async Task All_commits_of_one_branch_take_one_request()
    {
        var commits = Import("line", new Random(1), count: 80, branches: 1);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);
        var questions = Enumerable.Range(0, 20).Select(number => Ask(server, "line", commits[number * 3], commits[^1]) with { Fetched = DateTimeOffset.UnixEpoch.AddDays(number) }).Reverse().ToList();

        var answers = await CountAsync(server, "line", questions);

        Assert.Equal(questions.Select(question => (int?)Oracle("line", question)), answers.Select(answer => answer.Count));
        Assert.Equal(1, server.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rewritten_history_is_counted_and_one_that_is_gone_is_unknown()
    {
        _git.Init("rewritten");
        _git.CommitAll("rewritten", "root");
        var old = _git.CommitAll("rewritten", "old");
        _git.Run("rewritten", "reset", "--quiet", "--hard", "HEAD~1");
        _git.CommitAll("rewritten", "new 1");
        var now = _git.CommitAll("rewritten", "new 2");
        _git.Run("rewritten", "checkout", "--quiet", "--orphan", "other");
        var unrelated = _git.CommitAll("rewritten", "unrelated");
        _git.Run("rewritten", "checkout", "--quiet", "main");
        var gone = new string('a', 40);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);

        var answers = await CountAsync(
            server,
            "rewritten",
            [.. new[] { (old, now), (gone, now), (unrelated, now), (now, old), (now, gone) }.Select(pair => Ask(server, "rewritten", pair.Item1, pair.Item2))]);

        Assert.Equal([2, null, 3, 1, null], answers.Select(answer => answer.Count));
        Assert.All(answers, answer => Assert.True(answer.IsFinal));
    }

    [Fact]
    public async Task A_server_without_filter_answers_too()
    {
        var commits = Import("unfiltered", new Random(3), count: 30, branches: 2);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);
        server.Alter = (request, reply) => request.Method == "GET" ? reply with { Body = Replace(reply.Body, "fetch=shallow wait-for-done filter", "fetch=shallow wait-for-done xxxxxx") } : reply;
        _git.Run("unfiltered", "config", "uploadpack.allowFilter", "false");
        var question = Ask(server, "unfiltered", commits[5], commits[^1]);

        Assert.Equal(Oracle("unfiltered", question), Assert.Single(await CountAsync(server, "unfiltered", [question])).Count);
    }

    [Fact]
    public async Task A_server_that_ignores_what_the_client_has_is_no_problem()
    {
        var commits = Import("ignoring", new Random(4), count: 40, branches: 3);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);
        List<CommitQuestion> questions = [Ask(server, "ignoring", commits[5], commits[^1]), Ask(server, "ignoring", commits[20], commits[^1])];

        var answers = await CountAsync(server, "ignoring", questions, new Changed(body => Replace(body, "have ", "want ")));

        Assert.Equal(questions.Select(question => (int?)Oracle("ignoring", question)), answers.Select(answer => answer.Count));
    }

    [Fact]
    public async Task A_server_that_cuts_its_history_off_is_not_believed()
    {
        var commits = Import("whole", new Random(5), count: 30, branches: 1);
        _git.Run(_git.Root, "clone", "--quiet", "--bare", "--depth=10", new Uri(Path.Combine(_git.Root, "whole")).AbsoluteUri, "shallow");
        await using var server = await GitHttpBackend.StartAsync(_git.Root);

        Assert.Equal(CommitAnswer.Unknowable, Assert.Single(await CountAsync(server, "shallow", [Ask(server, "shallow", commits[^5], commits[^1])])));
        Assert.Equal(CommitAnswer.Unknowable, Assert.Single(await CountAsync(server, "shallow", [Ask(server, "shallow", commits[1], commits[^1])])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_server_of_an_older_version_is_not_asked(int version)
    {
        var commits = Import("older", new Random(6), count: 5, branches: 1);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);
        server.ForcedProtocol = $"version={version}";

        Assert.Equal(CommitAnswer.Unknowable, Assert.Single(await CountAsync(server, "older", [Ask(server, "older", commits[1], commits[^1])])));
        Assert.DoesNotContain(server.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_commits_than_the_limit_are_not_read()
    {
        var commits = Import("long", new Random(7), count: CommitCounter.MostCommits + 1_200, branches: 1);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);
        List<CommitQuestion> questions = [Ask(server, "long", commits[1], commits[^1]), Ask(server, "long", commits[^3], commits[^1]), Ask(server, "long", commits[^(CommitCounter.MostCommits + 1)], commits[^1])];
        var counting = new CountingHandler(new SocketsHttpHandler());

        var answers = await CountAsync(server, "long", questions, counting);

        Assert.Equal([null, 2, CommitCounter.MostCommits], answers.Select(answer => answer.Count));
        Assert.All(answers, answer => Assert.True(answer.IsFinal));
        // Only that of the largest one that is allowed was read as a whole.
        Assert.InRange(counting.Bytes, 100_000, 4_000_000);
    }

    [Fact]
    public async Task A_failing_server_leaves_it_open()
    {
        var commits = Import("failing", new Random(8), count: 5, branches: 1);
        await using var server = await GitHttpBackend.StartAsync(_git.Root);
        server.Alter = (request, reply) => request.Method == "POST" ? reply with { Status = 503 } : reply;

        Assert.Equal(CommitAnswer.Unanswered, Assert.Single(await CountAsync(server, "failing", [Ask(server, "failing", commits[1], commits[^1])])));
    }

    private static CommitQuestion Ask(GitHttpBackend server, string repository, string older, string newer) => new(RepositoryAddress.OnGitHost(server.UriOf(repository)), older, newer);

    private static async Task<IReadOnlyList<CommitAnswer>> CountAsync(GitHttpBackend server, string name, IReadOnlyList<CommitQuestion> questions, HttpMessageHandler? handler = null)
    {
        var http = handler is null ? Http : new HttpClient(handler);
        using var repository = new GitRepository(RepositoryAddress.OnGitHost(server.UriOf(name)), new HttpGitTransport(http), listing: null);
        return await new CommitCounter(repository).CountAsync(questions, Token);
    }

    private int Oracle(string repository, CommitQuestion question) =>
        int.Parse(_git.Text(repository, "rev-list", "--count", $"{question.Older}..{question.Newer}"), CultureInfo.InvariantCulture);

    private static byte[] Replace(byte[] body, string old, string replacement) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(old, replacement, StringComparison.Ordinal));

    /// <summary>Imports a history: each commit continues one of several branches, and some are merges or new roots.</summary>
    private List<string> Import(string name, Random random, int count, int branches)
    {
        _git.Init(name);
        _git.Run(name, "config", "uploadpack.allowFilter", "true");
        var script = new StringBuilder();
        var tips = new int[branches];
        for (var mark = 1; mark <= count; mark++)
        {
            var branch = random.Next(branches);
            // The times say nothing about the order.
            script.Append(CultureInfo.InvariantCulture, $"commit refs/heads/b{branch}\nmark :{mark}\ncommitter T <t@example.invalid> {1_700_000_000 + random.Next(1_000_000)} +0000\ndata 1\nx\n");
            if (tips[branch] == 0 && mark > 1 && random.Next(4) > 0) tips[branch] = random.Next(1, mark);
            if (tips[branch] > 0) script.Append(CultureInfo.InvariantCulture, $"from :{tips[branch]}\n");
            if (branches > 1 && random.Next(4) == 0 && tips[random.Next(branches)] is > 0 and var merged && merged != tips[branch]) script.Append(CultureInfo.InvariantCulture, $"merge :{merged}\n");
            script.Append(CultureInfo.InvariantCulture, $"M 100644 inline f{branch}\ndata {mark.ToString(CultureInfo.InvariantCulture).Length}\n{mark}\n");
            tips[branch] = mark;
        }

        var marks = Path.Combine(_git.Root, $"{name}.marks");
        _git.RunWithInput(name, input => input.Write(Encoding.UTF8.GetBytes(script.ToString())), "fast-import", "--quiet", $"--export-marks={marks}");
        return [.. File.ReadLines(marks).Select(line => line.Split(' ')).OrderBy(parts => int.Parse(parts[0].AsSpan(1), CultureInfo.InvariantCulture)).Select(parts => parts[1])];
    }

    /// <summary>Changes the bodies of requests.</summary>
    private sealed class Changed(Func<byte[], byte[]> change) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
            {
                var changed = new ByteArrayContent(change(await content.ReadAsByteArrayAsync(cancellationToken)));
                changed.Headers.ContentType = content.Headers.ContentType;
                request.Content = changed;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
