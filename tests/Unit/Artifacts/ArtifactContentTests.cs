using SkillMeat.Artifacts;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.Objects;
using Xunit;

namespace SkillMeat.Tests.Artifacts;

public sealed class ArtifactContentTests : IDisposable
{
    private readonly ContentHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_folder_is_read_by_paths()
    {
        var content = _home.Folder("x", ("SKILL.md", "\ufeffä"), ("a/b.txt", "b"));
        Assert.True(content.IsFolder);
        Assert.Equal(["SKILL.md", "a"], content.Entries.Select(e => e.Name));
        Assert.Equal(("ä", "b"), (content.ReadText("SKILL.md"), content.ReadText("a/b.txt")));
        Assert.Equal(TreeEntryKind.Folder, content.Find("a")!.Kind);
        Assert.Null(content.Find("a/c"));
        AssertInvalid("'a/c' of 'x' does not exist.", () => content.ReadText("a/c"));
        AssertInvalid("'a' of 'x' is a folder and not a file.", () => content.ReadText("a"));
    }

    [Fact]
    public void A_file_has_one_path()
    {
        var content = _home.File("x.md", "text");
        Assert.False(content.IsFolder);
        Assert.Equal("text", content.ReadText("x.md"));
        Assert.Null(content.Find("y.md"));
        Assert.Empty(content.Entries);
    }

    [Fact]
    public void A_file_that_is_no_small_text_is_refused()
    {
        AssertInvalid("'x.md' is not UTF-8.", () => _home.File("x.md", [0x61, 0xff]).ReadText("x.md"));
        AssertInvalid("'x.md' is larger than 1024 KB.", () => _home.File("x.md", new byte[ArtifactContent.LongestText + 1]).ReadText("x.md"));
        Assert.Equal(ArtifactContent.LongestText, _home.File("x.md", new byte[ArtifactContent.LongestText]).ReadText("x.md").Length);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var model = new ModelFolder();
        model.Paths.Add("SKILL.md", (TreeEntryKind.Link, "other.md"u8.ToArray()));
        AssertInvalid("'SKILL.md' of 'x' is a link and not a file.", () => _home.Folder("x", model).ReadText("SKILL.md"));
    }

    private static void AssertInvalid(string message, Func<object> read)
    {
        var error = Assert.Throws<SkillMeatException>(read);
        Assert.Equal((ErrorIds.ArtifactInvalid, message), (error.ErrorId, error.Message));
    }
}
