using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Collections;

public sealed class PathIndexTests
{
    private static readonly string[] _parts = ["a", "A", "ab", "b", ".", ""];

    [Fact]
    public void It_finds_what_comparing_every_path_finds()
    {
        var random = new Random(7);
        for (var run = 0; run < 300; run++)
        {
            var paths = Enumerable.Range(0, 12).Select(i => new ArtifactPath(new ArtifactId(ArtifactType.Skill, $"s{i}"), AnyPath(random))).ToList();
            var index = new PathIndex(paths);
            foreach (var removed in paths.Where(_ => random.Next(3) == 0).ToList())
            {
                index.Remove(removed.Id);
                paths.Remove(removed);
            }

            for (var i = 0; i < 20; i++)
            {
                var path = AnyPath(random);
                var id = new ArtifactId(ArtifactType.Skill, $"s{random.Next(12)}");
                var overlaps = paths.Where(one => ArtifactPath.Overlap(one.Path, path)).ToList();
                Assert.Equal(overlaps.Count > 0, index.Overlaps(path));
                Assert.Equal(overlaps.Exists(one => one.Id != id), index.FindOverlap(id, path) is { } found && found.Id != id && overlaps.Contains(found));
                var containing = paths.Where(one => ArtifactPath.Contains(one.Path, path)).ToList();
                Assert.Equal(containing.Count > 0, index.FindContaining(path) is { } outer && containing.Contains(outer));
            }
        }
    }

    [Theory]
    [InlineData("skills/a", "skills/a", true)]
    [InlineData("skills/a", @"skills\a\b", true)]
    [InlineData("skills/a", "Skills/A/./b", true)]
    [InlineData("skills/a", "skills/ab", false)]
    [InlineData("skills/a/b", "skills/a", false)]
    public void A_folder_contains_itself_and_what_is_in_it(string folder, string path, bool contains) => Assert.Equal(contains, ArtifactPath.Contains(folder, path));

    private static string AnyPath(Random random) =>
        string.Join(random.Next(4) == 0 ? '\\' : '/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => _parts[random.Next(_parts.Length)]).Append(_parts[random.Next(4)]));
}
