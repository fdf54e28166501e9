using SkillMeat.Additions;
using SkillMeat.Checks;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Updates of artifacts whose folder upstream no longer has the file that makes it one.</summary>
public sealed class LostManifestTests
{
    private static readonly string _servers = string.Concat(Enumerable.Range(1, 40).Select(i => $"\"server-{i}\": {{\"command\": \"run-{i}\"}}{(i == 40 ? "" : ",")}\n"));

    public static TheoryData<string, string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string, bool>();
            foreach (var hasToken in new[] { true, false })
            {
                cases.Add("mcp", ".mcp.json", $"{{\"mcpServers\": {{\n{_servers}}}}}", hasToken);
                cases.Add("mcp", "mcp.json", $"{{\"mcpServers\": {{\n{_servers}}}}}", hasToken);
                cases.Add("hook", "hooks.json", $"{{\"hooks\": {{\n{_servers}}}}}", hasToken);
                cases.Add("hook", "settings.json", $"{{\"hooks\": {{\n{_servers}}}}}", hasToken);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_server_or_hook_whose_file_is_gone_stays_here(string type, string file, string text, bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write($"external/asana/{file}", text), GitChange.Write("external/asana/README.md", "About it."));
        await scene.AddAsync(new ArtifactAddition($"{Repo}/external/asana") { Type = type });
        scene.Git.Commit("2", GitChange.Delete($"external/asana/{file}"));
        var before = scene.Describe();

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((UpdateStatus.Skipped, ChangeType.Deleted), (entry.Status, entry.ChangeType));
        Assert.Contains($"'external/asana' holds no {type} any more", entry.Reason, StringComparison.Ordinal);
        Assert.EndsWith("It stays here.", entry.Reason, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_server_or_hook_that_lies_deeper_now_is_followed(string type, string file, string text, bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write($"external/asana/{file}", text), GitChange.Write("external/asana/README.md", "About it."));
        await scene.AddAsync(new ArtifactAddition($"{Repo}/external/asana") { Type = type });
        scene.Git.Commit("2", GitChange.Move($"external/asana/{file}", $"external/asana/{type}/{file}"));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((UpdateStatus.Updated, ChangeType.Moved), (entry.Status, entry.ChangeType));
        Assert.Contains($"/external/asana/{type}\"", scene.Read("collection.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_is_not_known_what_was_there_nothing_is_removed()
    {
        await using var scene = await StartAsync();
        var first = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Write("skills/pdf/ref.md", "ref"));
        await scene.AddAsync($"{Repo}/skills/pdf");
        // The history was rewritten.
        scene.Write("collection.toml", scene.Read("collection.toml").Replace(first, new string('a', 40), StringComparison.Ordinal));
        scene.Write("collection.lock", scene.Read("collection.lock").Replace(first, new string('a', 40), StringComparison.Ordinal));
        scene.Git.Commit("2", GitChange.Delete("skills/pdf/SKILL.md"));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true });

        Assert.Equal((UpdateStatus.Skipped, ChangeType.Deleted), (entry.Status, entry.ChangeType));
        Assert.Equal(Skill("pdf"), scene.Read("skills/pdf/SKILL.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_on_this_machine_that_lost_its_file_removes_nothing_here(bool isInContainer)
    {
        await using var scene = await StartAsync();
        var folder = isInContainer ? Path.Combine(scene.Place, "from", "skills", "pdf") : Path.Combine(scene.Place, "from", "pdf");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "SKILL.md"), Skill("pdf"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "ref.md"), "ref", Cancellation);
        await scene.AddAsync(folder);
        File.Delete(Path.Combine(folder, "SKILL.md"));
        var before = scene.Describe();

        foreach (var removes in new[] { false, true })
        {
            var entry = await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = removes });

            Assert.Equal((UpdateStatus.Skipped, ChangeType.Deleted), (entry.Status, entry.ChangeType));
            Assert.EndsWith("It stays here.", entry.Reason, StringComparison.Ordinal);
            Assert.Equal(before, scene.Describe());
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "skill.md"), Skill("pdf", "other letters"), Cancellation);
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true })).Status);
    }
}
