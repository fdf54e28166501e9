using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>A damaged download is repeated; a failed one leaves nothing behind.</summary>
public sealed class DamagedDownloadTests
{
    private static readonly string _commit = new('a', 40);

    [Fact]
    public async Task A_download_that_breaks_off_is_tried_again()
    {
        await using var scene = await ContentScene.StartAsync(token: false);
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"), GitChange.Write("a/more", new string('m', 100_000)));
        var isArchive = (RequestRecord r) => r.Path.StartsWith("/codeload/", StringComparison.Ordinal);
        scene.Server.Faults = SkillMeat.Tests.LoopbackGitHub.Faults.When(isArchive, SkillMeat.Tests.LoopbackGitHub.Faults.Sequence(Fault.HalfBody(), Fault.Failing(502)));

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "a");

        Assert.Equal(2, scene.Read(fetched[0]).Count);
        Assert.Equal(3, scene.Server.Log.Records.Count(isArchive));
    }

    [Fact]
    public async Task A_download_that_always_breaks_off_is_reported()
    {
        await using var scene = await ContentScene.StartAsync(token: false);
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));
        scene.Server.Faults = request => request switch
        {
            { Path: var path } when path.StartsWith("/codeload/", StringComparison.Ordinal) => Fault.HalfBody(),
            // No other way provides the trees or files.
            { Kind: RequestKind.UploadPack } => Fault.Failing(403),
            { Path: var path } when path.Contains("/git/trees/", StringComparison.Ordinal) => Fault.Failing(403),
            _ => null,
        };

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])]));

        Assert.Equal(ErrorIds.UpstreamUnavailable, answer.Error!.ErrorId);
        Assert.Contains($"octo/skills at {commit} was damaged each time, 3 times", answer.Error.Message, StringComparison.Ordinal);
        Assert.Empty(scene.StoredFiles);
    }

    [Fact]
    public async Task An_archive_that_is_cut_in_a_whole_answer_is_damaged_too()
    {
        await using var scene = await ContentScene.StartAsync();
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var whole = Tarball.Make(Tarball.File("a/SKILL.md", "a"), Tarball.Bytes($"{Tarball.Root}/a/large.bin", content));

        foreach (var length in new[] { 0, 5, 200, whole.Length / 2, whole.Length - 100 })
        {
            using var handler = new AnsweringHandler(whole[..length]);
            var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, _commit, ["a"])], handler));
            Assert.Contains("was damaged each time, 3 times", answer.Error!.Message, StringComparison.Ordinal);
            Assert.Equal(3, handler.Requests);
        }

        Assert.Empty(scene.StoredFiles);
        using var better = new AnsweringHandler(number => new MemoryStream(number < 3 ? whole[..(whole.Length / 2)] : whole));
        Assert.Equal(2, scene.Read(Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, _commit, ["a"])], better)).Paths[0]).Count);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing_behind()
    {
        await using var scene = await ContentScene.StartAsync();
        var content = new byte[20_000_000];
        new Random(1).NextBytes(content);
        var tarball = Tarball.Make(Tarball.Bytes($"{Tarball.Root}/a/large.bin", content));
        using var cancelling = new CancellationTokenSource();
        var wasWriting = false;
        using var handler = new AnsweringHandler(_ => new WatchedStream(tarball, read =>
        {
            if (read < tarball.Length / 2) return;
            wasWriting |= scene.StoredFiles.Count > 0;
            cancelling.Cancel();
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.FetchAsync([new ContentQuestion(scene.OnGitHub, _commit, ["a"])], handler, cancelling.Token));

        Assert.True(wasWriting);
        Assert.Empty(scene.StoredFiles);
    }
}
