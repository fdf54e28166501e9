using System.Text.Json;
using SkillMeat.Bench.Processes;

namespace SkillMeat.Bench.Growth;

/// <summary>The operations whose growth is measured. The last ones of a scene change what the others rely on.</summary>
internal static class GrowthOperations
{
    private const double AddingPeak = 150;

    public static IReadOnlyList<GrowthOperation> All { get; } =
    [
        new("list", (scene, _) => Command("list", scene.SharedHome))
        {
            IsRight = (scene, outcome) => outcome.Output.Contains(GrowthScene.SkillName(scene.Artifacts - 1), StringComparison.Ordinal),
            TimeAtMost = Limits(15, 150),
        },
        new("show one", (scene, _) => Command("show", scene.SharedHome, GrowthScene.SkillName(scene.Artifacts / 2)))
        {
            IsRight = (scene, outcome) => outcome.Output.Contains(scene.SkillFolder(scene.Artifacts / 2), StringComparison.Ordinal),
            TimeAtMost = Limits(15, 40),
        },
        new("add all", async (scene, token) => Line("add", await scene.EmptyHomeAsync(token), ["skill", .. scene.Skills]))
        {
            IsRight = (scene, outcome) => Count(outcome, "status", "added") == scene.Artifacts,
            PeakAtMost = AddingPeak,
        },
        new("add one", (scene, _) => Command("add", scene.CopyHome(), "skill", scene.SkillFolder(scene.Artifacts)))
        {
            IsRight = (_, outcome) => Count(outcome, "status", "added") == 1,
            TimeAtMost = Limits(15, 150),
            PeakAtMost = AddingPeak,
        },
        new("remove one", (scene, _) => Command("remove", scene.CopyHome(), GrowthScene.SkillName(scene.Artifacts / 2), "--yes")) { TimeAtMost = Limits(15, 200) },
        new("remove half", (scene, _) => Command("remove", scene.CopyHome(), ["--yes", .. Enumerable.Range(0, scene.Artifacts / 2).Select(number => GrowthScene.SkillName(number * 2))]))
        {
            TimeAtMost = new Dictionary<int, double> { [10000] = 3000 },
        },
        new("repair", (scene, _) => Command("repair", scene.CopyHome())) { TimeAtMost = new Dictionary<int, double> { [10000] = 1500 } },
        new("snapshot, first", (scene, _) => Command("snapshot new", scene.CopyHome())),
        new("snapshot, one changed", async (scene, token) => Line("snapshot new", (await ChangedAsync(scene, token)).Home)) { TimeAtMost = new Dictionary<int, double> { [1000] = 15 } },
        new("snapshot, verify", async (scene, token) => Line("snapshot verify", (await ChangedAsync(scene, token)).Home, "--all")),
        new("snapshot, restore of one changed", async (scene, token) =>
        {
            var (home, id) = await ChangedAsync(scene, token);
            return Line("snapshot restore", home, [id, "--yes"]);
        })
        {
            TimeAtMost = new Dictionary<int, double> { [1000] = 20 },
        },
        new("snapshot, restore of everything", async (scene, token) =>
        {
            var (home, id) = await ChangedAsync(scene, token);
            // Not deleted: new files would take long for a while.
            Directory.Move(Path.Combine(home, "collections", "default"), home + "-before");
            return Line("snapshot restore", home, [id, "--yes"]);
        }),
        new("snapshot, export", async (scene, token) =>
        {
            var (home, id) = await ChangedAsync(scene, token);
            return Line("snapshot export", home, [id, "--output", Path.Combine(home, "exported.tar.gz")]);
        }),
        new("check of folders", (scene, _) => Command("collection refresh", scene.CopyHome(), "--check-only")) { IsRight = (scene, outcome) => Count(outcome, "change_type", "up_to_date") == scene.Artifacts },
        new("refresh from folders, none changes", (scene, _) => Command("collection refresh", scene.CopyHome())),
        new("update from folders, none changes", (scene, _) => Command("update", scene.CopyHome(), "--all")) { IsRight = (scene, outcome) => Count(outcome, "status", "unchanged") == scene.Artifacts },
        new("update from folders, all change", (scene, _) =>
        {
            scene.ChangeUpstream();
            return Command("update", scene.CopyHome(), "--all", "--yes");
        })
        {
            IsRight = (scene, outcome) => Count(outcome, "status", "updated") == scene.Artifacts,
        },
        FromGitHub("check, token", withToken: true, CurrentHomeAsync, "--check-only"),
        FromGitHub("check, no token", withToken: false, CurrentHomeAsync, "--check-only"),
        FromGitHub("refresh again, no token", withToken: false, RefreshedHomeAsync),
        FromGitHub("refresh, all change, token", withToken: true, OutdatedHomeAsync),
        FromGitHub("refresh, all change, no token", withToken: false, OutdatedHomeAsync),
        new("GitHub: add all, token", AddFromGitHubAsync)
        {
            EnvironmentAsync = (scene, token) => EnvironmentAsync(scene, withToken: true, token),
            IsRight = (scene, outcome) => Count(outcome, "status", "added") == scene.Artifacts,
            PeakAtMost = AddingPeak,
        },
    ];

    private static GrowthOperation FromGitHub(string name, bool withToken, Func<GrowthScene, CancellationToken, Task<string>> homeAsync, params string[] more) =>
        new($"GitHub: {name}", async (scene, token) => Line("collection refresh", await homeAsync(scene, token), more)) { EnvironmentAsync = (scene, token) => EnvironmentAsync(scene, withToken, token) };

    private static async Task<IReadOnlyDictionary<string, string?>> EnvironmentAsync(GrowthScene scene, bool withToken, CancellationToken cancellationToken) =>
        (await scene.ServerAsync(cancellationToken)).Environment(withToken);

    private static async Task<string> CurrentHomeAsync(GrowthScene scene, CancellationToken cancellationToken) =>
        (await scene.DataAsync(cancellationToken)).MakeCurrentHome(scene.NewHomePath(), (await scene.ServerAsync(cancellationToken)).Url);

    private static async Task<string> OutdatedHomeAsync(GrowthScene scene, CancellationToken cancellationToken) =>
        (await scene.DataAsync(cancellationToken)).MakeOutdatedHome(scene.NewHomePath(), (await scene.ServerAsync(cancellationToken)).Url);

    private static async Task<string> RefreshedHomeAsync(GrowthScene scene, CancellationToken cancellationToken)
    {
        var home = await CurrentHomeAsync(scene, cancellationToken);
        await scene.RunAsync(["collection", "refresh", "--home", home, "-q"], await EnvironmentAsync(scene, withToken: false, cancellationToken), cancellationToken);
        return home;
    }

    private static async Task<IReadOnlyList<string>> AddFromGitHubAsync(GrowthScene scene, CancellationToken cancellationToken) =>
        Line("add", await scene.EmptyHomeAsync(cancellationToken), ["skill", .. (await scene.DataAsync(cancellationToken)).Specs]);

    private static async Task<(string Home, string SnapshotId)> ChangedAsync(GrowthScene scene, CancellationToken cancellationToken)
    {
        var home = scene.CopyHome();
        var id = await scene.TakeSnapshotAsync(home, cancellationToken);
        scene.ChangeOne(home);
        return (home, id);
    }

    private static Task<IReadOnlyList<string>> Command(string command, string home, params string[] more) => Task.FromResult(Line(command, home, more));

    // Most users look at tables; where a run is judged by its statuses, it has to be JSON.
    private static IReadOnlyList<string> Line(string command, string home, params string[] more)
    {
        string[] format = command is "add" or "update" or "collection refresh" ? ["--format", "json"] : [];
        return [.. command.Split(' '), .. more, "--home", home, .. format];
    }

    private static Dictionary<int, double> Limits(double small, double large) => new Dictionary<int, double> { [20] = small, [10000] = large };

    private static int Count(ProcessOutcome outcome, string property, string value)
    {
        using var answer = JsonDocument.Parse(outcome.Output);
        return answer.RootElement.EnumerateArray().Count(entry => entry.GetProperty(property).GetString() == value);
    }
}
