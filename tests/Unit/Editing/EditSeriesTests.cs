using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Editing;

/// <summary>Small edits in a row share the snapshot from before the first one, and nothing that a person wrote gets lost by that.</summary>
public sealed class EditSeriesTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly TestHome _home = TestHome.WithSkills(4);
    private readonly MovedTime _time = new();
    private readonly CollectionStore _store;
    private readonly ManifestEditor _editor;

    public EditSeriesTests()
    {
        _home.Write(_home.Manifest, File.ReadAllText(_home.Manifest) + "\n[[groups]]\nname = \"Daily\"\nmembers = [\"a1\", \"a2\"]\n");
        _store = CollectionStore.Open(_home.Home, _time);
        _editor = new ManifestEditor(_store);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IReadOnlyList<SnapshotInfo> Snapshots => new CollectionSnapshots(_store).List(null).Snapshots;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Arrangements_in_a_row_share_one_snapshot_that_brings_back_the_state_before_them()
    {
        await new CollectionSnapshots(_store).TakeAsync(null, "mine", _patience, Cancellation);
        var before = await File.ReadAllBytesAsync(_home.Manifest, Cancellation);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < 30; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            ids.Add(await EditAsync(Group(EditAction.AddMembers, $"a{(round % 4) + 1}") with { Position = 0 }));
        }

        ids.RemoveWhere(id => id.Length == 0);
        Assert.Equal([Assert.Single(ids)], Snapshots.Where(one => one.Kind == "pre-edit").Select(one => one.SnapshotId));
        await new CollectionSnapshots(_store).RestoreAsync(null, ids.Single(), [], _patience, Cancellation);
        Assert.Equal(before, await File.ReadAllBytesAsync(_home.Manifest, Cancellation));
    }

    [Fact]
    public async Task An_edit_that_replaces_or_removes_text_has_a_snapshot_of_its_own()
    {
        await EditAsync(Group(EditAction.AddMembers, "a3"));
        var first = await EditAsync(Group(EditAction.Set) with { Values = EditScene.Values("description", "one") });
        var second = await EditAsync(Group(EditAction.Set) with { Values = EditScene.Values("description", "two") });
        var third = await EditAsync(Group(EditAction.Remove));

        Assert.Equal(4, Snapshots.Count);
        foreach (var (id, text) in new[] { (third, "two"), (second, "one"), (first, null) })
        {
            await new CollectionSnapshots(_store).RestoreAsync(null, id, [], _patience, Cancellation);
            Assert.Equal(text, _store.Read().GroupDefinitions[0].Description);
        }
    }

    [Theory]
    [InlineData(EditAction.RemoveMembers, "a3")]
    [InlineData(EditAction.SetMembers, "a1", "a2")]
    [InlineData(EditAction.SetMembers)]
    public async Task An_edit_that_takes_members_out_has_a_snapshot_of_its_own(EditAction action, params string[] items)
    {
        var first = await EditAsync(Group(EditAction.AddMembers, "a3"));
        var second = await EditAsync(Group(action, items));

        Assert.NotEqual(first, second);
        await new CollectionSnapshots(_store).RestoreAsync(null, second, [], _patience, Cancellation);
        Assert.Equal(["skill:a1", "skill:a2", "skill:a3"], _store.Read().GroupDefinitions[0].Members.Select(member => member.Contains(':', StringComparison.Ordinal) ? member : $"skill:{member}"));
    }

    [Theory]
    [InlineData("edited by hand")]
    [InlineData("snapshot")]
    [InlineData("pause")]
    [InlineData("long")]
    public async Task A_series_ends_with_a_change_by_another_program_a_snapshot_or_time(string end)
    {
        var first = await EditAsync(Group(EditAction.AddMembers, "a3"));
        Assert.Equal(first, await EditAsync(Group(EditAction.SetMembers, "a3", "a2", "a1")));
        if (end == "edited by hand") await File.AppendAllTextAsync(_home.Manifest, "# mine\n", Cancellation);
        if (end == "snapshot") await new CollectionSnapshots(_store).TakeAsync(null, "mine", _patience, Cancellation);
        if (end == "pause") _time.Advance(TimeSpan.FromMinutes(3));
        for (var round = 0; end == "long" && round < 16; round++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await EditAsync(Group(EditAction.AddMembers, "a2") with { Position = round % 2 });
        }

        Assert.NotEqual(first, await EditAsync(Group(EditAction.AddMembers, "a4")));
    }

    private static ManifestEdit Group(EditAction action, params string[] items) => EditScene.Group(action, "Daily", items);

    private async Task<string> EditAsync(ManifestEdit edit) => (await _editor.EditAsync(new EditRequest { Edits = [edit] }, Cancellation)).SnapshotId ?? "";

    private sealed class MovedTime : TimeProvider
    {
        private TimeSpan _by;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _by;

        public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + _by.Ticks;

        public void Advance(TimeSpan by) => _by += by;
    }
}
