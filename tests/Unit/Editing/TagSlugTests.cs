using SkillMeat.Editing;
using SkillMeat.Errors;
using Xunit;
using static SkillMeat.Tests.Editing.EditScene;

namespace SkillMeat.Tests.Editing;

/// <summary>Slugs of tag definitions, by which addresses find them.</summary>
public sealed class TagSlugTests
{
    [Fact]
    public async Task A_slug_that_is_made_of_a_name_is_one_that_no_other_tag_has()
    {
        using var scene = new EditScene("");
        await scene.EditAsync(Create("C#"), Create("C++"), Create("c-2"), Create("c"), Create("\u00e9"), Create("\u00fc"));
        Assert.Equal(["c", "c-2", "c-2-2", "c-3", "tag", "tag-2"], scene.Collection.TagDefinitions.Select(tag => tag.Slug));
    }

    [Fact]
    public async Task A_slug_of_another_tag_is_refused()
    {
        using var scene = new EditScene("");
        await scene.EditAsync(Create("C#"), Create("Rust"));
        var before = scene.Whole;
        foreach (var edit in new[] { Create("C++") with { Values = Values("slug", "c") }, new ManifestEdit(ManifestList.TagDefinitions, EditAction.Set, "Rust") { Values = Values("slug", "c") } })
        {
            var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.EditAsync(edit));
            Assert.Equal(ErrorIds.EntryExists, error.ErrorId);
            Assert.Contains("'C#' of collection 'default' has the slug 'c' already", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, scene.Whole);
        await scene.EditAsync(new ManifestEdit(ManifestList.TagDefinitions, EditAction.Set, "Rust") { Values = Values("slug", "rust") });
    }

    [Fact]
    public async Task Tags_that_have_the_same_slug_already_can_be_edited()
    {
        using var scene = new EditScene("\n[[tag_definitions]]\nname = \"C#\"\nslug = \"c\"\n\n[[tag_definitions]]\nname = \"C++\"\nslug = \"c\"\n");
        await scene.EditAsync(new ManifestEdit(ManifestList.TagDefinitions, EditAction.Set, "C++") { Values = new Dictionary<string, string?> { ["slug"] = "c", ["color"] = "teal" } });
        Assert.Equal(("c", "teal"), (scene.Collection.TagDefinitions[1].Slug, scene.Collection.TagDefinitions[1].Color));
        await scene.EditAsync(new ManifestEdit(ManifestList.TagDefinitions, EditAction.Set, "C++") { Values = Values("slug", "cpp") });
        Assert.Equal(["c", "cpp"], scene.Collection.TagDefinitions.Select(tag => tag.Slug));
    }

    private static ManifestEdit Create(string name) => new(ManifestList.TagDefinitions, EditAction.Create, name);
}
