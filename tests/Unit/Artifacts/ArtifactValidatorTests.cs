using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.Objects;
using Xunit;

namespace SkillMeat.Tests.Artifacts;

public sealed class ArtifactValidatorTests : IDisposable
{
    private readonly ContentHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_skill_says_what_it_is()
    {
        var valid = ArtifactValidator.Validate(_home.Folder("x", ("SKILL.md", "---\nname: x\ndescription: Does x.\n---\n")), ArtifactType.Skill, "mine");
        Assert.Equal(("SKILL.md", "Does x."), (valid.ManifestFile, valid.Description.Description));
        Assert.Empty(valid.Warnings);
    }

    [Theory]
    [InlineData("skill.md", "no front matter", "skill.md has no name in its front matter.", "skill.md has no description in its front matter.")]
    [InlineData("SKILL.md", "---\nname: x\ndescription:\n---\n", "SKILL.md has no description in its front matter.")]
    [InlineData("SKILL.md", "---\nname: ~\ndescription: d\ntags:\n---\n", "SKILL.md has no name in its front matter.")]
    public void A_key_that_a_skill_should_have_is_a_warning(string file, string text, params string[] warnings)
    {
        var valid = ArtifactValidator.Validate(_home.Folder("x", (file, text)), ArtifactType.Skill, "x");
        Assert.Equal(file, valid.ManifestFile);
        Assert.Equal(warnings, valid.Warnings);
    }

    [Theory]
    [InlineData("workflow", "WORKFLOW.yaml", "name: w\ndescription: Works.\nsteps:\n  - run: x\n", "Works.")]
    [InlineData("workflow", "WORKFLOW.json", "{\n\t\"name\": \"w\",\n\t\"description\":\"Works \\ud83d\\ude00.\",\n\t\"steps\": []\n}", "Works 😀.")]
    [InlineData("composite", "PLUGIN.md", "---\ndescription: Many.\n---\n", "Many.")]
    [InlineData("composite", "COMPOSITE.md", "text", null)]
    [InlineData("mcp", ".mcp.json", "{ \"description\": \"no\" }", null)]
    [InlineData("hook", "settings.json", "\ufeff{ \"hooks\": {} }", null)]
    public void Every_type_of_folder(string type, string file, string text, string? description)
    {
        var valid = ArtifactValidator.Validate(_home.Folder("x", (file, text)), ArtifactType.Parse(type), "x");
        Assert.Equal((file, description), (valid.ManifestFile, valid.Description.Description));
        Assert.Empty(valid.Warnings);
    }

    [Fact]
    public void Settings_without_hooks_are_a_warning_for_whom_says_they_are_a_hook() =>
        Assert.Equal(["settings.json has no \"hooks\" object."], ArtifactValidator.Validate(_home.Folder("x", ("settings.json", "{}")), ArtifactType.Hook, "x").Warnings);

    [Theory]
    [InlineData("command", "x.md", "---\ndescription: d\n---\n", "x.md", "d")]
    [InlineData("agent", "x.MD", "text", "x.MD", null)]
    [InlineData("rule_file", "x.md", "---\ndescription: d\n---\n", "x.md", "d")]
    [InlineData("rule_file", "x.json", "anything", null, null)]
    public void Every_type_of_file(string type, string file, string text, string? manifestFile, string? description)
    {
        var valid = ArtifactValidator.Validate(_home.File(file, text), ArtifactType.Parse(type), "x");
        Assert.Equal((manifestFile, description), (valid.ManifestFile, valid.Description.Description));
    }

    [Theory]
    [InlineData("skill", "README.md", "", "'x' is not a skill: it contains no SKILL.md.")]
    [InlineData("workflow", "x", "", "'x' is not a workflow: it contains no WORKFLOW.yaml or WORKFLOW.json.")]
    [InlineData("workflow", "WORKFLOW.yaml", "- a\n- b\n", "'x' is not a workflow: its WORKFLOW.yaml has no keys with values.")]
    [InlineData("workflow", "WORKFLOW.yaml", "a: {", "'WORKFLOW.yaml' of 'x': the front matter is not valid YAML (line ")]
    [InlineData("workflow", "WORKFLOW.json", "[]", "'x' is not a workflow: its WORKFLOW.json is not a JSON object.")]
    [InlineData("mcp", "mcp.json", "{\n]", "'x' is not a mcp: its mcp.json is not valid JSON (line 2).")]
    [InlineData("hook", "settings.json", "", "'x' is not a hook: its settings.json is not valid JSON (line 1).")]
    public void A_folder_that_is_none_is_refused(string type, string file, string text, string message) =>
        Assert.StartsWith(message, Refused(_home.Folder("x", (file, text)), type, "x"), StringComparison.Ordinal);

    [Theory]
    [InlineData("---\nname: n\ndescription: Use when: asked\n---\n", "SKILL.md line 3: the value of 'description' contains a colon followed by a space. Put the value in quotes.")]
    [InlineData("---\na: 1\n", "SKILL.md line 1: the front matter has no closing '---'. Close it with a line '---', or begin the file with something else.")]
    [InlineData("---\n{a: 1}: 2\n---\n", "SKILL.md line 2: ")]
    public void Front_matter_that_strict_YAML_refuses_is_a_warning(string text, string warning) =>
        Assert.StartsWith(warning, ArtifactValidator.Validate(_home.Folder("x", ("SKILL.md", text)), ArtifactType.Skill, "x").Warnings[0], StringComparison.Ordinal);

    [Fact]
    public void A_byte_that_is_not_UTF8_is_a_warning()
    {
        var folder = new ModelFolder();
        folder.Paths.Add("SKILL.md", (TreeEntryKind.File, [.. "---\nname: x\ndescription: caf"u8, 0xe9, .. "\n---\nBody "u8, 0xef]));
        var valid = ArtifactValidator.Validate(_home.Folder("x", folder), ArtifactType.Skill, "x");
        Assert.Equal(("x", null), (valid.Description.Name, valid.Description.Description));
        Assert.StartsWith("SKILL.md line 3: there are bytes that are not UTF-8.", valid.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_file_is_described_by_its_beginning() => Assert.Equal(
        "d", ArtifactValidator.Validate(_home.Folder("x", ("SKILL.md", $"---\nname: x\ndescription: d\n---\n{new string('a', 2 << 20)}")), ArtifactType.Skill, "x").Description.Description);

    [Fact]
    public void The_kind_and_the_name_must_fit()
    {
        Assert.Equal("'x.md' is a file, and a skill is a folder.", Refused(_home.File("x.md", ""), "skill", "x"));
        Assert.Equal("'x' is a folder, and a command is a file.", Refused(_home.Folder("x", ("x.md", "")), "command", "x"));
        Assert.Equal("'x.md' is a link, and a command is a file.", Refused(_home.Link("x.md"), "command", "x"));
        Assert.Equal("'x.txt' is not a command: its name does not end with .md.", Refused(_home.File("x.txt", ""), "command", "x"));
        Assert.Equal("'a/b' is not a valid artifact name: it contains a slash or backslash.", Refused(_home.File("x.md", ""), "command", "a/b"));
    }

    private static string Refused(ArtifactContent content, string type, string name)
    {
        var error = Assert.Throws<SkillMeatException>(() => ArtifactValidator.Validate(content, ArtifactType.Parse(type), name));
        Assert.Equal(ErrorIds.ArtifactInvalid, error.ErrorId);
        return error.Message;
    }
}
