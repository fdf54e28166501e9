using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>The names that formats.md lists, and no others.</summary>
public sealed class IgnoredNamesTests
{
    [Theory]
    [InlineData(".git")]
    [InlineData(".GIT")]
    [InlineData(".github")]
    [InlineData(".gitignore")]
    [InlineData("__pycache__")]
    [InlineData("module.pyc")]
    [InlineData("module.pyo")]
    [InlineData(".pyc")]
    [InlineData("node_modules")]
    [InlineData(".venv")]
    [InlineData("venv")]
    [InlineData("thing.egg-info")]
    [InlineData(".DS_Store")]
    [InlineData("Thumbs.db")]
    public void What_is_listed_is_left_out(string name) => Assert.True(IgnoredNames.Contains(name));

    [Theory]
    [InlineData("SKILL.md")]
    [InlineData(".gitattributes")]
    [InlineData(".gitmodules")]
    [InlineData("git")]
    [InlineData("module.py")]
    [InlineData("pyc")]
    [InlineData("venv2")]
    [InlineData(".env")]
    [InlineData("egg-info")]
    [InlineData("")]
    public void What_is_not_listed_is_kept(string name) => Assert.False(IgnoredNames.Contains(name));
}
