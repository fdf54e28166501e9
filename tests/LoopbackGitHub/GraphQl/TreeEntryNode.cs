using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>An entry of a tree.</summary>
internal sealed class TreeEntryNode(RepositoryNode repository, GitTreeItem item, string? path) : IGraphQlNode
{
    public string TypeName => "TreeEntry";

    /// <summary>All entries of a tree; a tree alone does not know its path, so their paths are their names.</summary>
    public static IEnumerable<TreeEntryNode> ListOf(RepositoryNode repository, string tree, string? folder)
    {
        var items = repository.View.Repository.ReadTree(tree);
        repository.View.Repository.Prefetch(repository.View.Refs, items.Where(item => item.Type != "commit").Select(item => item.Id));
        return items.Select(item => new TreeEntryNode(repository, item, folder is null ? item.Name : $"{folder}/{item.Name}"));
    }

    /// <summary>The entry at a path; null when there is none.</summary>
    public static TreeEntryNode? Find(RepositoryNode repository, string tree, string path)
    {
        GitTreeItem? item = null;
        foreach (var part in path.Trim('/').Split('/'))
        {
            if (item is not null && item.Type != "tree")
            {
                return null;
            }

            item = repository.View.Repository.ReadTree(item?.Id ?? tree).FirstOrDefault(entry => entry.Name == part);
            if (item is null)
            {
                return null;
            }
        }

        return item is null ? null : new TreeEntryNode(repository, item, path.Trim('/'));
    }

    public object? Resolve(FieldCall call) => call.Name switch
    {
        "name" => item.Name,
        "nameRaw" => Convert.ToBase64String(item.RawName),
        "path" => path,
        "pathRaw" => path is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(path)),
        "type" => item.Type,
        "mode" => item.ModeNumber,
        "oid" => item.Id,
        "size" => item.Type == "blob" ? repository.View.Resolve(item.Id)?.Size ?? 0 : 0,
        "extension" => Extension(item.Name),
        "repository" => repository,
        "object" => item.Type != "commit" && repository.View.Resolve(item.Id) is { } info ? repository.NodeOf(info) : null,
        _ => throw new InvalidOperationException(call.Name),
    };

    private static string Extension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && dot < name.Length - 1 ? name[dot..] : "";
    }
}
