using System.Text;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Projects.Deploying;

/// <summary>Stores links as contents of the object store.</summary>
internal static class LinkContent
{
    /// <summary>Stores a link.</summary>
    /// <param name="objects">The object store. To add to it, the lock of a collection must be held.</param>
    /// <param name="name">The name of the link.</param>
    /// <param name="target">The path to which it leads.</param>
    public static TreeEntry Store(ObjectStore objects, string name, string target)
    {
        var text = Encoding.UTF8.GetBytes(target);
        using var writer = objects.BeginWrite();
        var id = writer.AddBlob(text);
        writer.Commit();
        return new TreeEntry(name, TreeEntryKind.Link, id, text.Length);
    }
}
