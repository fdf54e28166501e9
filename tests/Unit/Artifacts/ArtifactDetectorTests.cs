using SkillMeat.Artifacts;
using SkillMeat.Errors;
using Xunit;

namespace SkillMeat.Tests.Artifacts;

public sealed class ArtifactDetectorTests : IDisposable
{
    private const string FileTypes = "command, agent, project_config, spec_file, rule_file, context_file, progress_template";

    private const string Needed =
        "It needs one of SKILL.md (skill), WORKFLOW.yaml or WORKFLOW.json (workflow), COMPOSITE.md or PLUGIN.md (composite), .mcp.json or mcp.json (mcp), settings.json or hooks.json with \"hooks\" (hook).";

    private readonly ContentHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("skill", "SKILL.md", "PLUGIN.md")]
    [InlineData("skill", "skill.MD")]
    [InlineData("workflow", "WORKFLOW.yaml")]
    [InlineData("workflow", "WORKFLOW.json")]
    [InlineData("workflow", "WORKFLOW.json", "skill.md")]
    [InlineData("composite", "COMPOSITE.md")]
    [InlineData("composite", "PLUGIN.md", "mcp.json")]
    [InlineData("mcp", ".mcp.json")]
    [InlineData("mcp", "mcp.json", "README.md")]
    [InlineData("mcp", "MCP.json")]
    public void A_folder_is_what_its_manifest_file_says(string type, params string[] files) =>
        Assert.Equal(type, ArtifactDetector.Detect(_home.Folder("x", files.Select(f => (f, "")).ToArray()), "some/x").Name);

    [Fact]
    public void Settings_are_a_hook_when_they_have_hooks()
    {
        Assert.Equal("hook", ArtifactDetector.Detect(_home.Folder("hooks", ("hooks.json", "{ \"hooks\": { \"Stop\": [] } }"), ("guard.sh", "")), "hooks").Name);
        Assert.Equal("hook", ArtifactDetector.Detect(_home.Folder("x", ("settings.json", "{ \"hooks\": { \"Stop\": [] } }")), "x").Name);
        AssertUnknown($"Cannot determine the type of 'x': it contains settings.json. Its settings.json has no \"hooks\" object. {Needed}", _home.Folder("x", ("settings.json", "{ \"hooks\": [] }")), "x");
        AssertUnknown($"Cannot determine the type of 'x': it contains settings.json. Its settings.json has no \"hooks\" object. {Needed}", _home.Folder("x", ("settings.json", "{")), "x");
    }

    [Fact]
    public void A_folder_without_a_manifest_file_is_told_with_what_it_holds()
    {
        AssertUnknown($"Cannot determine the type of 'a/x': it contains nothing. {Needed}", _home.Folder("x"), "a/x");
        var many = _home.Folder("x", ("1", ""), ("2", ""), ("3/SKILL.md", ""), ("4", ""), ("5", ""), ("6", ""), ("7", ""));
        AssertUnknown($"Cannot determine the type of 'x': it contains 1, 2, 3/, 4, 5 and 2 more. {Needed}", many, "x");
        AssertUnknown($"Cannot determine the type of 'x': it contains SKILL.md/. {Needed}", _home.Folder("x", ("SKILL.md/a", "")), "x");
    }

    [Theory]
    [InlineData("command", "commands/x.md", "")]
    [InlineData("command", ".claude/Commands/git/x.MD", "---\nname: x\ntools: a\n---\n")]
    [InlineData("agent", "agents/x.md", "---\nbroken")]
    [InlineData("agent", "commands/old/agents/x.md", "")]
    [InlineData("agent", "x.md", "---\nname: x\nmodel: sonnet\n---\n")]
    [InlineData("agent", "docs/x.md", "---\nname: x\ntools: [Read]\n---\n")]
    public void A_file_is_what_its_folder_says_or_its_front_matter(string type, string path, string text) =>
        Assert.Equal(type, ArtifactDetector.Detect(_home.File(path.Split('/')[^1], text), path).Name);

    [Theory]
    [InlineData("docs/x.md", "---\nname: x\n---\n")]
    [InlineData("docs/x.md", "---\nmodel: x\n---\n")]
    [InlineData("docs/x.md", "---\nname: x\nmodel:\n---\n")]
    [InlineData("docs/x.md", "text")]
    [InlineData("docs/x.md", "---\nname: x\n")]
    public void A_file_that_says_too_little_is_ambiguous(string path, string text) => AssertUnknown(
        $"Cannot determine the type of '{path}': it is not in a folder 'commands' or 'agents', and its front matter does not describe an agent with tools or a model. Specify one of the types {FileTypes}.",
        _home.File("x.md", text),
        path);

    [Fact]
    public void Other_files_are_no_artifacts()
    {
        AssertUnknown($"Cannot determine the type of 'x.txt': a single file is an artifact only if its name ends with .md. Types of single files: {FileTypes}.", _home.File("x.txt", ""), "x.txt");
        AssertUnknown("'a/SKILL.md' describes a skill. Name the folder that contains it instead.", _home.File("SKILL.md", ""), "a/SKILL.md");
        AssertUnknown("'x.md' is a link. An artifact is a folder or a file.", _home.Link("x.md"), "x.md");
    }

    private static void AssertUnknown(string message, ArtifactContent content, string path)
    {
        var error = Assert.Throws<SkillMeatException>(() => ArtifactDetector.Detect(content, path));
        Assert.Equal((ErrorIds.InvalidArgument, message), (error.ErrorId, error.Message));
    }
}
