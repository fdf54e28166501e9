namespace SkillMeat.Server.OpenApi;

/// <summary>The meanings of names that many addresses have.</summary>
internal static class CommonParameters
{
    private static readonly ParameterExample[] _all =
    [
        new("collection", "default", "The folder name of the collection."),
        new("id", "skill:pdf-tools", "The id, as the lists give it."),
        new("limit", "100", "The largest number of items, from 1 to 1000."),
        new("cursor", "MTAw", "The next_cursor of the page before."),
        new("sort", "name", "The order."),
        new("order", "asc", "asc or desc."),
        new("type", "skill", "Only these types. May be repeated, or have several values with commas."),
        new("tag", "pdf", "Only what has all of these tags. May be repeated, or have several values with commas."),
        new("group", "documents", "Only the members of this group."),
        new("origin", "github", "Only these origins: local, github, marketplace."),
        new("state", "update_available", "Only these states: up_to_date, update_available, moved, deleted, unknown."),
        new("q", "pdf", "The text to find."),
        new("project", "/home/ada/app", "Only this project: its folder, or the name of a registered one."),
        new("offset", "0", "The number of items to skip."),
        new("dry_run", "true", "Whether only to say what would change."),
        new("name", "pdf", "The name."),
        new("snapshot", "20261101-090000-000000", "The id of the snapshot."),
    ];

    public static ParameterExample? Find(string name) => Array.Find(_all, one => one.Name == name);
}
