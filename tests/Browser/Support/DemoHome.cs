using System.Text.Json;
using SkillMeat.Tests.LoopbackGitHub;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A home as somebody has it who uses SkillMeat for a while: for pictures, and for checks of whole screens.</summary>
internal sealed class DemoHome
{
    private readonly Stage _stage;

    private DemoHome(Stage stage) => _stage = stage;

    /// <summary>Fills the home of a stage.</summary>
    public static async Task MakeAsync(Stage stage)
    {
        var home = new DemoHome(stage);
        var skills = stage.Repository("acme/agent-skills", [.. DemoTexts.Skills.Select(one => GitChange.Write($"skills/{one.Name}/SKILL.md", one.Text())), .. DemoTexts.More]);
        stage.Repository("northwind/writing", [.. DemoTexts.Writing.Select(one => GitChange.Write($"skills/{one.Name}/SKILL.md", one.Text()))]);
        await stage.CollectionAsync("team");
        await home.PostAsync("collections/default/artifacts", new { specs = new[] { "acme/agent-skills", "northwind/writing" }, all = true });
        await home.SendAsync(HttpMethod.Put, "collections/default", new { description = "Skills, commands and agents for everyday work" });
        await home.GroupsAsync();
        await home.DeployAsync();
        skills.Commit("Improve three skills", [.. DemoTexts.NewerSkills.Select(one => GitChange.Write($"skills/{one.Name}/SKILL.md", one.Text()))]);
        File.WriteAllText(Path.Combine(stage.Home, "collections", "default", "skills", "code-review", "SKILL.md"), DemoTexts.EditedReview);
        await home.PostAsync("collections/default/refresh?mode=check", new { });
        await home.MarketplaceAsync();
    }

    private async Task GroupsAsync()
    {
        (string Name, string Description, string Color, string[] Members)[] groups =
        [
            ("Documents", "Reports, forms and slides", "blue", ["skill:pdf-forms", "skill:spreadsheets", "skill:slide-decks"]),
            ("Code review", "Before something is merged", "violet", ["skill:code-review", "agent:reviewer", "skill:test-writer"]),
            ("Writing", "Texts for people", "green", ["skill:brand-voice", "skill:release-notes", "command:standup"]),
            ("Data", "Questions to databases", "amber", ["skill:sql-explainer", "skill:data-cleaning"]),
        ];
        foreach (var (name, description, color, members) in groups)
        {
            await PostAsync("collections/default/groups", new { name, description, color });
            await PostAsync($"collections/default/groups/{Uri.EscapeDataString(name)}/members", new { artifacts = members });
        }

        await PostAsync("collections/default/tag-definitions", new { name = "documents", description = "Reads or writes documents", color = "#3b82f6" });
        await PostAsync("collections/default/mcp-servers", new { name = "files", repo = "octo/mcp-files" });
        await PostAsync("collections/default/snapshots", new { message = "Before the spring clean-up" });
        await PostAsync("collections/default/artifacts:copy", new { artifacts = new[] { "skill:brand-voice", "skill:incident-report" }, to = "team" });
    }

    private async Task DeployAsync()
    {
        var shop = await _stage.ProjectAsync("webshop");
        await _stage.ProjectAsync("data-pipeline");
        await PostAsync("projects/webshop/deploy", new { collection = "default", artifacts = new[] { "skill:pdf-forms", "skill:code-review", "skill:release-notes", "agent:reviewer", "command:standup" } });
        await PostAsync("projects/data-pipeline/deploy", new { collection = "default", artifacts = new[] { "skill:sql-explainer", "skill:data-cleaning" } });
        File.AppendAllText(Path.Combine(shop, ".claude", "skills", "release-notes", "SKILL.md"), "\n- Name the people who reported a bug.\n");
    }

    private async Task MarketplaceAsync()
    {
        _stage.Write("market/.claude-plugin/marketplace.json", """
            {"name": "open-shelf", "owner": {"name": "Open Shelf"}, "plugins": [
              {"name": "office", "source": "./office", "description": "Everyday documents", "version": "2.1.0"},
              {"name": "research", "source": "./research", "description": "Find and sum up"}]}
            """);
        foreach (var (path, text) in DemoTexts.Market) _stage.Write($"market/{path}", text);
        await PostAsync("cache/marketplaces", new { source = Path.Combine(_stage.Place, "market") });
    }

    private Task<JsonElement> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    private Task<JsonElement> SendAsync(HttpMethod method, string path, object body) => _stage.Api.SendAsync(method, path, body);
}
