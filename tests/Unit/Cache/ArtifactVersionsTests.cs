using SkillMeat.Cache.Versions;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>Versions are compared by SemVer 2.0. The examples are those of semver.org.</summary>
public sealed class ArtifactVersionsTests
{
    [Theory]
    [InlineData("1.9.0 1.10.0 1.11.0")]
    [InlineData("1.0.0 2.0.0 2.1.0 2.1.1")]
    [InlineData("1.0.0-alpha 1.0.0")]
    [InlineData("1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0")]
    [InlineData("1.0.0-0.3.7 1.0.0-alpha 1.0.0-alpha.1 1.0.0-x.7.z.92 1.0.0-x-y-z.--")]
    [InlineData("0.9 1 1.1 v1.2 1.2.1 V2")]
    [InlineData("1.0.0-9007199254740993 1.0.0-9007199254740994 99999999999999999999.0.0 99999999999999999999.0.1")]
    public void Every_version_is_older_than_the_next_ones(string ascending)
    {
        var versions = ascending.Split(' ');
        for (var i = 0; i < versions.Length; i++)
        {
            for (var j = 0; j < versions.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(ArtifactVersions.Compare(versions[i], versions[j]) ?? throw new InvalidOperationException($"{versions[i]} {versions[j]}")));
                Assert.Equal(i < j, ArtifactVersions.Difference(versions[i], versions[j]) is not null);
            }
        }
    }

    [Theory]
    [InlineData("1.0.0-alpha+001", "1.0.0-alpha")]
    [InlineData("1.0.0+20130313144700", "1.0.0+21AF26D3----117B344092BD")]
    [InlineData("1.0.0-beta+exp.sha.5114f85", "1.0.0-beta+exp.sha.0")]
    [InlineData("v1.2.3", "1.2.3")]
    [InlineData("1.2", "1.2.0")]
    [InlineData(" 1.2.0 ", "V1.2")]
    public void Some_differ_in_their_texts_only(string one, string other)
    {
        Assert.Equal(0, ArtifactVersions.Compare(one, other));
        Assert.Null(ArtifactVersions.Difference(one, other));
        Assert.Null(new Lag().Of(one, other, commits: 3));
    }

    [Theory]
    [InlineData("1.2.3", "2.0.0", VersionDifference.Major)]
    [InlineData("1.2.3", "2.0.0-rc.1", VersionDifference.Major)]
    [InlineData("1.2.3", "1.3", VersionDifference.Minor)]
    [InlineData("v1.2", "1.2.1", VersionDifference.Patch)]
    [InlineData("1.2.3-rc.1", "1.2.3", VersionDifference.Prerelease)]
    [InlineData("1.2.3-rc.1", "1.2.3-rc.2+build", VersionDifference.Prerelease)]
    public void The_difference_is_the_greatest_part(string older, string newer, VersionDifference difference)
    {
        Assert.Equal(difference, ArtifactVersions.Difference(older, newer));
        Assert.Equal(difference, new Lag().Of(older, newer, commits: null));
        Assert.Null(ArtifactVersions.Difference(newer, older));
        Assert.Null(new Lag().Of(newer, older, commits: 2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("1.2.3.4")]
    [InlineData("01.2.3")]
    [InlineData("1.0.0-01")]
    [InlineData("1.0.0-")]
    [InlineData("vv1.0.0")]
    [InlineData("-1.0.0")]
    public void Other_texts_are_no_versions(string? text)
    {
        Assert.Null(ArtifactVersions.Compare(text, "1.0.0"));
        Assert.Equal(VersionDifference.Unknown, new Lag().Of(text, "1.0.0", commits: null));
        Assert.Equal(VersionDifference.Commits, new Lag().Of("1.0.0", text, commits: 1));
    }

    // Many authors never change it, and the content is known to differ.
    [Fact]
    public void The_same_version_of_another_content_counts_by_commits()
    {
        Assert.Equal(VersionDifference.Commits, new Lag().Of("1.0.0", "1.0.0", commits: 1));
        Assert.Equal(VersionDifference.Unknown, new Lag().Of("1.0.0", "1.0.0", commits: null));
    }

    [Theory]
    [InlineData("---\nname: a\nversion: 1.10\n---\nBody\n", "1.10")]
    [InlineData("---\r\nversion: \"v2\"\r\n---\r\n", "v2")]
    [InlineData("---\nmetadata:\n  version: \"1.2.3\"\n---\n", "1.2.3")]
    [InlineData("---\nmetadata:\n  author: x\n---\n", null)]
    [InlineData("---\nversion: [1, 2]\n---\n", null)]
    [InlineData("---\nversion:\n---\n", null)]
    [InlineData("no front matter\n", null)]
    public void The_version_of_an_artifact_is_in_its_front_matter(string text, string? version) => Assert.Equal(version, CopyVersion.In("SKILL.md", text));
}
