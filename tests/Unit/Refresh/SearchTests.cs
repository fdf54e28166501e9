using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>The searches after a check's first round of questions.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task A_check_whose_search_fails_ends_when_its_other_search_has_ended()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/gone/SKILL.md", RefreshScene.Skill("gone", "Gone")));
        scene.Git.Commit("2", GitChange.Delete("skills/gone/SKILL.md"), GitChange.Write("skills/fresh/SKILL.md", RefreshScene.Skill("fresh", "Fresh")));
        scene.Add("gone", "skill", "skills/gone", old).Save();
        using var handler = new BrokenTrees();
        var store = CollectionStore.Open(scene.Home);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = scene.Environment, Handler = handler });

        var checking = new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("broken", (await Assert.ThrowsAsync<NotSupportedException>(() => checking)).Message);
        Assert.Equal((1, 0), (handler.Searches, handler.Running));
    }

    /// <summary>Fails on a list of files, and delays the answer to the search for new artifacts, which is the second query.</summary>
    private sealed class BrokenTrees() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        private readonly TaskCompletionSource _searching = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _queries;

        public int Searches { get; private set; }

        public int Running { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal))
            {
                await _searching.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
                throw new NotSupportedException("broken");
            }

            if (++_queries < 2) return await base.SendAsync(request, cancellationToken);
            Searches++;
            Running++;
            _searching.SetResult();
            await Task.Delay(300, cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            Running--;
            return response;
        }
    }
}
