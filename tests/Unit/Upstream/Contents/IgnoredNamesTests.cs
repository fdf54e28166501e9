using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>The names that are not copied, and no others.</summary>
public sealed class IgnoredNamesTests
{
    [Theory]
    [InlineData("__pycache__")]
    [InlineData("module.pyc")]
    [InlineData(".pyc")]
    [InlineData("node_modules")]
    [InlineData(".venv")]
    [InlineData("venv")]
    [InlineData(".DS_Store")]
    [InlineData("Thumbs.db")]
    public void Names_that_tools_make_are_left_out_of_folders(string name) => Assert.True(IgnoredNames.IsMade(name));

    [Theory]
    [InlineData("SKILL.md")]
    [InlineData(".gitattributes")]
    [InlineData(".gitmodules")]
    [InlineData(".github")]
    [InlineData(".gitignore")]
    [InlineData(".env")]
    [InlineData("git")]
    [InlineData("module.py")]
    [InlineData("pyc")]
    [InlineData("venv2")]
    [InlineData("thing.egg-info")]
    [InlineData("")]
    public void A_name_that_is_not_listed_is_kept(string name) => Assert.False(IgnoredNames.IsMade(name) || IgnoredNames.IsGit(name));

    [Theory]
    [InlineData(".git")]
    [InlineData(".GIT")]
    public void Gits_own_files_are_never_copied(string name) => Assert.True(IgnoredNames.IsGit(name));
}
