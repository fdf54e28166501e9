using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The answer about trees, one level or all.</summary>
internal sealed class RestTrees(LoopbackGitHubOptions options)
{
    public Answer List(RepositoryView view, RestUrls urls, string reference, bool recursive)
    {
        if (view.IsEmpty)
        {
            return Answer.Error(StatusCodes.Status409Conflict, "Git Repository is empty.");
        }

        if (view.Resolve(reference + "^{tree}") is not { } tree)
        {
            return Answer.Error(StatusCodes.Status404NotFound, "Not Found");
        }

        var entries = new List<(string Path, GitTreeItem Item)>();
        var whole = Collect(view, tree.Id, "", recursive, entries);
        var blobs = entries.Where(entry => entry.Item.Type == "blob").Select(entry => entry.Item.Id).Distinct(StringComparer.Ordinal).ToList();
        var sizes = blobs.Zip(view.Repository.Describe(blobs)).ToDictionary(pair => pair.First, pair => pair.Second?.Size, StringComparer.Ordinal);
        return Answer.Json(StatusCodes.Status200OK, new
        {
            sha = tree.Id,
            url = urls.Tree(tree.Id),
            tree = entries.Select(entry => Describe(entry.Path, entry.Item, sizes.GetValueOrDefault(entry.Item.Id), urls)),
            truncated = !whole,
        });
    }

    private static Dictionary<string, object?> Describe(string path, GitTreeItem item, long? size, RestUrls urls)
    {
        var description = new Dictionary<string, object?>
        {
            ["path"] = path,
            ["mode"] = item.SixDigits,
            ["type"] = item.Type,
            ["sha"] = item.Id,
        };
        switch (item.Type)
        {
            case "blob":
                description["size"] = size;
                description["url"] = urls.Blob(item.Id);
                break;
            case "tree":
                description["url"] = urls.Tree(item.Id);
                break;
        }

        return description;
    }

    // In git's own order, a tree before its entries, as `git ls-tree -r -t` lists them.
    private bool Collect(RepositoryView view, string tree, string prefix, bool recursive, List<(string Path, GitTreeItem Item)> entries)
    {
        foreach (var item in view.Repository.ReadTree(tree))
        {
            if (entries.Count >= options.MaxTreeEntries)
            {
                return false;
            }

            entries.Add((prefix + item.Name, item));
            if (recursive && item.Type == "tree" && !Collect(view, item.Id, prefix + item.Name + "/", recursive, entries))
            {
                return false;
            }
        }

        return true;
    }
}
