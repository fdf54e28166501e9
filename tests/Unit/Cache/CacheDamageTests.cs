using SkillMeat.Cache;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>A damaged file never changes an answer, wherever the damage is.</summary>
public sealed class CacheDamageTests
{
    private const int PageSize = 4096;

    [Theory]
    [InlineData("noise")]
    [InlineData("zeros")]
    [InlineData("end of the page")]
    public void Each_damaged_page_leaves_the_answers_right(string kind)
    {
        using var home = TestHome.WithSkills(120);
        var expected = CachedArtifacts.Describe(CollectionStore.Open(home.Home).Read().Artifacts).ToList();
        var file = home.At("cache", CacheLocation.FileName);
        using (var cache = Open(home, _ => { })) Assert.Equal(expected, CachedArtifacts.Describe(CachedArtifacts.Of(cache)));
        var sound = File.ReadAllBytes(file);
        var random = new Random(7);
        for (var page = 0; page < sound.Length / PageSize; page++)
        {
            var damaged = (byte[])sound.Clone();
            var place = damaged.AsSpan(page * PageSize, PageSize);
            if (kind == "noise") random.NextBytes(place);
            else if (kind == "zeros") place.Clear();
            else random.NextBytes(place[^700..]);
            File.WriteAllBytes(file, damaged);
            var reports = new List<string>();
            using (var cache = Open(home, reports.Add)) Assert.Equal(expected, CachedArtifacts.Describe(CachedArtifacts.Of(cache)));
            // The file that was put aside is the damaged one, byte for byte.
            foreach (var aside in Directory.GetFiles(home.At("cache"), $"{CacheLocation.FileName}.damaged-*"))
            {
                if (page > 0) Assert.Equal(damaged.Length, new FileInfo(aside).Length);
                File.Delete(aside);
            }
        }
    }

    [Fact]
    public void A_file_that_is_cut_short_leaves_the_answers_right()
    {
        using var home = TestHome.WithSkills(100);
        var expected = CachedArtifacts.Describe(CollectionStore.Open(home.Home).Read().Artifacts).ToList();
        var file = home.At("cache", CacheLocation.FileName);
        using (var cache = Open(home, _ => { })) CachedArtifacts.Of(cache);
        var sound = File.ReadAllBytes(file);
        foreach (var length in Enumerable.Range(0, 12).Select(part => sound.Length * part / 12 + part * 13))
        {
            File.WriteAllBytes(file, sound[..Math.Min(length, sound.Length)]);
            using var cache = Open(home, _ => { });
            Assert.Equal(expected, CachedArtifacts.Describe(CachedArtifacts.Of(cache)));
        }
    }

    private static HomeCache Open(TestHome home, Action<string> report) => HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null, Report = report });
}
