using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>A file that differs from its base in nothing but line endings is not edited, neither for a check nor for an update.</summary>
public sealed class LineEndingDriftTests
{
    [Theory]
    [InlineData("skills/pdf", "skills/pdf/SKILL.md")]
    [InlineData("commands/run.md", "commands/run.md")]
    public async Task Other_line_endings_are_no_drift(string path, string file)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "one\n")), GitChange.Write("skills/pdf/notes.txt", "n\n"), GitChange.Write("commands/run.md", "Run.\nFast.\n"));
        await scene.AddAsync($"{Repo}/{path}");
        scene.Git.Commit("2", GitChange.Write(file, scene.Read(file) + "more\n"));
        scene.Write(file, scene.Read(file).ReplaceLineEndings("\r\n"));

        Assert.Equal(UpdateRisk.SafeUpdate, await DriftAsync(scene));

        var converted = scene.Read(file);
        scene.Write(file, converted + "mine\r\n");
        Assert.Equal(UpdateRisk.Conflict, await DriftAsync(scene));
        scene.Write(file, converted);
        Assert.Equal(UpdateStatus.Merged, (await scene.UpdateOneAsync()).Status);
        Assert.EndsWith("more\r\n", scene.Read(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beside_them_is_drift()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "one\n")));
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "two\n")));
        scene.Write("skills/pdf/SKILL.md", scene.Read("skills/pdf/SKILL.md").ReplaceLineEndings("\r\n"));
        scene.Write("skills/pdf/mine.txt", "mine");

        Assert.Equal(UpdateRisk.Conflict, await DriftAsync(scene));
    }

    [Fact]
    public async Task Links_to_folders_are_drift_and_are_not_followed()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "one\n")), GitChange.Write("skills/pdf/more/notes.txt", "n\n"));
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "two\n")));
        Directory.Move(scene.At("skills/pdf/more"), Path.Combine(scene.Place, "elsewhere"));
        Directory.CreateSymbolicLink(scene.At("skills/pdf/more"), Path.Combine(scene.Place, "elsewhere"));

        Assert.Equal(UpdateRisk.Conflict, await DriftAsync(scene));

        // Two links to their own folder lead to more paths than can be counted.
        foreach (var name in new[] { "a", "b" }) Directory.CreateSymbolicLink(scene.At($"skills/pdf/{name}"), ".");
        Assert.Equal(UpdateRisk.Conflict, await DriftAsync(scene));
    }

    private static async Task<UpdateRisk> DriftAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return Assert.Single((await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation)).Checks, check => check.UpdateAvailable && check.ChangeType != ChangeType.New).Drift;
    }
}
