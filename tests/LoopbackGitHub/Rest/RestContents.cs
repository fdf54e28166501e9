using System.Text;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The answer about a file or a folder at a ref.</summary>
internal static class RestContents
{
    private const int LargestInline = 1024 * 1024;

    public static Answer Read(RepositoryView view, RestUrls urls, string path, string? reference, bool raw)
    {
        if (view.IsEmpty)
        {
            return Answer.Error(StatusCodes.Status404NotFound, "This repository is empty.");
        }

        var at = string.IsNullOrEmpty(reference) ? view.DefaultBranch : reference;
        if (view.Resolve(at + "^{tree}") is not { } root)
        {
            return Answer.Error(StatusCodes.Status404NotFound, $"No commit found for the ref {at}");
        }

        var trimmed = path.Trim('/');
        if (trimmed.Length == 0)
        {
            return ListFolder(view, urls, root.Id, "", at);
        }

        return Find(view, root.Id, trimmed) is not { } item ? Answer.Error(StatusCodes.Status404NotFound, "Not Found")
            : item.Type == "tree" ? ListFolder(view, urls, item.Id, trimmed, at)
            : ReadFile(view, urls, root.Id, item, trimmed, at, raw);
    }

    private static GitTreeItem? Find(RepositoryView view, string root, string path)
    {
        var tree = root;
        GitTreeItem? item = null;
        foreach (var part in path.Split('/'))
        {
            item = item is null or { Type: "tree" } ? view.Repository.ReadTree(tree).FirstOrDefault(entry => entry.Name == part) : null;
            if (item is null)
            {
                return null;
            }

            tree = item.Id;
        }

        return item;
    }

    private static Answer ListFolder(RepositoryView view, RestUrls urls, string tree, string path, string at)
    {
        var items = view.Repository.ReadTree(tree);
        var sizes = view.Repository.Describe([.. items.Select(item => item.Id)]);
        return Answer.Json(
            StatusCodes.Status200OK,
            items.Zip(sizes, (item, info) =>
            {
                // GitHub lists a submodule as a file, to be compatible with old clients.
                var type = item.Type == "tree" ? "dir" : item.Mode == "120000" ? "symlink" : "file";
                var size = item.Type == "blob" ? info?.Size ?? 0 : 0;
                return Describe(urls, item, path.Length == 0 ? item.Name : $"{path}/{item.Name}", at, type, size);
            }));
    }

    private static Answer ReadFile(RepositoryView view, RestUrls urls, string root, GitTreeItem item, string path, string at, bool raw)
    {
        if (item.Type == "commit")
        {
            return Answer.Json(StatusCodes.Status200OK, Describe(urls, item, path, at, "submodule", 0));
        }

        var target = item.Mode == "120000" ? Encoding.UTF8.GetString(view.Repository.Read(item.Id)) : null;
        if (target is not null && Follow(view, root, path, target) is { Type: "blob", Mode: not "120000" } followed)
        {
            // The address of a link to a file in the same repository gives that file.
            return ReadFile(view, urls, root, followed, path, at, raw);
        }

        var content = view.Repository.Read(item.Id);
        if (raw)
        {
            return new Answer(StatusCodes.Status200OK) { ContentType = "application/vnd.github.raw+json; charset=utf-8", Body = content };
        }

        var description = Describe(urls, item, path, at, target is null ? "file" : "symlink", content.Length);
        if (target is not null)
        {
            description["target"] = target;
            return Answer.Json(StatusCodes.Status200OK, description);
        }

        description["content"] = content.Length > LargestInline ? "" : RestBlobs.Lines(content);
        description["encoding"] = content.Length > LargestInline ? "none" : "base64";
        return Answer.Json(StatusCodes.Status200OK, description);
    }

    private static GitTreeItem? Follow(RepositoryView view, string root, string path, string target)
    {
        if (target.StartsWith('/'))
        {
            return null;
        }

        var parts = path.Split('/')[..^1].ToList();
        foreach (var part in target.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count == 0:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return parts.Count == 0 ? null : Find(view, root, string.Join('/', parts));
    }

    private static Dictionary<string, object?> Describe(RestUrls urls, GitTreeItem item, string path, string at, string type, long size) => new()
    {
        ["name"] = path[(path.LastIndexOf('/') + 1)..],
        ["path"] = path,
        ["sha"] = item.Id,
        ["size"] = size,
        ["url"] = urls.Contents(path, at),
        ["html_url"] = urls.PageOf(type == "dir" ? "tree" : "blob", at, path),
        ["git_url"] = type == "dir" ? urls.Tree(item.Id) : urls.Blob(item.Id),
        ["download_url"] = type == "dir" ? null : urls.PageOf("raw", at, path),
        ["type"] = type,
    };
}
