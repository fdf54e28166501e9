using System.Collections.Concurrent;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>A check reports each answer as soon as it arrives, and returns the same answers at the end.</summary>
public sealed class StreamingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_artifact_is_told_before_a_slow_repository_has_answered()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Anonymous);
        using var slow = GitRepositoryBuilder.Create();
        scene.Server.AddRepository("octo/slow", slow);
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A")));
        var slowHead = slow.Commit("1", GitChange.Write("skills/s/SKILL.md", RefreshScene.Skill("s", "S")));
        scene.Add("s", "skill", "skills/s", slowHead, repo: "octo/slow").Add("a", "skill", "skills/a", head);
        scene.Save();
        using var gate = new GatedHandler("/octo/slow");
        var store = CollectionStore.Open(scene.Home);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = scene.Environment, Handler = gate });
        var first = new TaskCompletionSource<ArtifactCheck>(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new ConcurrentQueue<ArtifactCheck>();
        var progress = new ConcurrentQueue<UpstreamProgress>();

        var checking = new CollectionRefresher(store, session).CheckAsync(
            new RefreshRequest(),
            new CheckListener
            {
                Checked = check =>
                {
                    told.Enqueue(check);
                    first.TrySetResult(check);
                },
                Progressed = progress.Enqueue,
            },
            Cancellation);

        Assert.Equal("skill:a", (await first.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ArtifactId);
        Assert.False(checking.IsCompleted);
        gate.Open();
        var result = await checking;
        Assert.Equal(["skill:a", "skill:s"], told.Select(c => c.ArtifactId));
        Assert.Equal(["skill:s", "skill:a"], result.Checks.Select(c => c.ArtifactId));
        Assert.Equal([new(0, 2), new(1, 2), new(2, 2)], progress);
    }

    [Theory]
    [InlineData(Access.Token)]
    [InlineData(Access.Anonymous)]
    public async Task The_reported_checks_are_the_returned_ones_each_once(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A")), GitChange.Write("skills/gone/SKILL.md", "x"), GitChange.Write("commands/moves.md", "moves"));
        scene.Git.Commit(
            "2", GitChange.Write("skills/a/SKILL.md", "new"), GitChange.Delete("skills/gone/SKILL.md"), GitChange.Delete("commands/moves.md"),
            GitChange.Write("commands/moved.md", "moves"), GitChange.Write("skills/fresh/SKILL.md", "fresh"));
        scene.Add("a", "skill", "skills/a", old).Add("gone", "skill", "skills/gone", old).Add("moves", "command", "commands/moves.md", old)
            .Add("nowhere", "skill", "skills/none", old, repo: "octo/missing");
        scene.Save();
        using var session = scene.Connect(out var store);
        var told = new List<ArtifactCheck>();

        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), new CheckListener { Checked = told.Add }, Cancellation);

        Assert.Equal(
            [ChangeType.Updated, ChangeType.Deleted, ChangeType.Moved, ChangeType.Unknown, ChangeType.New],
            result.Checks.Select(c => c.ChangeType));
        Assert.Equal(result.Checks.OrderBy(c => c.ArtifactId, StringComparer.Ordinal), told.OrderBy(c => c.ArtifactId, StringComparer.Ordinal));
        Assert.Equal((1, 1, 1, 1, 1, 1), (result.Summary.UpdatedCount, result.Summary.DeletedCount, result.Summary.MovedCount, result.Summary.UnknownCount, result.Summary.NewCount, result.Summary.ErrorCount));
        Assert.True(result.Summary.HasUpdates);
    }

    [Fact]
    public async Task A_check_can_name_the_fields_that_a_refresh_would_change()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var head = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A", "license: MIT\ntags: [x]\n")));
        scene.Add("a", "skill", "skills/a", head).Add("nowhere", "skill", "skills/none", head, repo: "octo/missing");
        scene.Save();
        using var session = scene.Connect(out var store);

        var result = await new CollectionRefresher(store, session).CheckAsync(
            new RefreshRequest { NameChangedFields = true, Fields = RefreshField.Parse(["tags,description"]) }, cancellationToken: Cancellation);

        Assert.Equal(["tags", "description"], result.Checks[0].ChangedFields!);
        Assert.Null(result.Checks[1].ChangedFields);
        Assert.Equal(ChangeType.UpToDate, result.Checks[0].ChangeType);
    }

    [Theory]
    [InlineData(Access.Token)]
    [InlineData(Access.Anonymous)]
    public async Task Naming_the_fields_costs_no_more_than_the_check_and_the_refresh_have_to_ask(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access, new LoopbackGitHub.RepositoryFacts { Description = "A repository.", LicenseSpdx = "MIT" });
        var old = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "A")), GitChange.Write("skills/b/SKILL.md", RefreshScene.Skill("b", "B")));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", RefreshScene.Skill("a", "AA")));
        scene.Add("a", "skill", "skills/a", old).Add("b", "skill", "skills/b", old).Add("nowhere", "skill", "skills/none", old, repo: "octo/missing").Save();

        var check = await CountAsync(scene, async refresher => await refresher.CheckAsync(new RefreshRequest(), cancellationToken: Cancellation));
        var dryRun = await CountAsync(scene, async refresher => await refresher.RefreshAsync(new RefreshRequest { DryRun = true }, Cancellation));
        UpdateCheckResult? result = null;
        var both = await CountAsync(scene, async refresher => result = await refresher.CheckAsync(new RefreshRequest { NameChangedFields = true }, cancellationToken: Cancellation));

        Assert.True(both <= Math.Max(check, dryRun), $"{both} requests, where a check needs {check} and a dry run {dryRun}");
        Assert.Equal([ChangeType.Updated, ChangeType.UpToDate, ChangeType.Unknown], result!.Checks.Select(c => c.ChangeType));
        Assert.Contains("description", result.Checks[0].ChangedFields!);
        Assert.Contains("license", result.Checks[1].ChangedFields!);
        Assert.Null(result.Checks[2].ChangedFields);
    }

    private static async Task<int> CountAsync(RefreshScene scene, Func<CollectionRefresher, Task> work)
    {
        scene.Server.Log.Clear();
        using var session = scene.Connect(out var store);
        await work(new CollectionRefresher(store, session));
        return scene.Server.Log.Records.Count;
    }

    /// <summary>Holds all requests for some addresses until it is opened.</summary>
    private sealed class GatedHandler(string path) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _open.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.StartsWith(path, StringComparison.Ordinal)) await _open.Task.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
