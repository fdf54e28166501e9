using System.Text;
using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Projects.Syncing;

/// <summary>Checks contents before they come into a collection, from which they are deployed elsewhere.</summary>
internal sealed class SyncValidator(ObjectStore objects)
{
    /// <summary>Validates a stored content.</summary>
    /// <param name="content">The content.</param>
    /// <param name="before">The content that it replaces, whose oddities are no news; null for none.</param>
    /// <param name="type">The type of the artifact.</param>
    /// <param name="name">The name of the artifact.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactInvalid"/>: it is no valid artifact, a link leads out of it, or some system cannot hold a name in it.</exception>
    public ValidArtifact Validate(TreeEntry content, TreeEntry? before, ArtifactType type, string name)
    {
        var files = ContentFiles.Of(objects, content);
        var known = before is null ? null : ContentFiles.Of(objects, before);
        CheckLinks(files, known);
        var odd = files.IsFolder ? PortableName.FindProblems(files.Folders.Keys.Concat(files.Files.Keys)).FirstOrDefault(one => known?.Files.ContainsKey(one.Path) != true && known?.Folders.ContainsKey(one.Path) != true) : default;
        if (odd.Path is not null) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{odd.Path}' {odd.Problem}. A home can be shared with other systems; rename the file.");
        return ArtifactValidator.Validate(new ArtifactContent(objects, content), type, name);
    }

    /// <summary>Stores and validates a merge that was made by hand.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: there is no such file or folder. Or it is no valid artifact.</exception>
    public TreeEntry ReadResolved(string path, ArtifactId artifact, SyncContents contents)
    {
        var found = contents.Read(path) ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"There is nothing at '{path}' to resolve a conflict with.");
        if (found.Kind == TreeEntryKind.Link) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' is a link. Name the folder or file that it leads to.");
        var stored = contents.Store(path, found);
        Validate(stored, before: null, artifact.Type, artifact.Name);
        return stored;
    }

    private void CheckLinks(ContentFiles files, ContentFiles? known)
    {
        var links = files.Files.Where(file => file.Value.IsLink).ToList();
        var rules = new LinkRules(links.Select(link => link.Key));
        foreach (var (path, link) in links.Where(link => known?.Files.GetValueOrDefault(link.Key)?.IsSameAs(link.Value) != true))
        {
            if (!rules.StaysInside(path, Encoding.UTF8.GetString(objects.ReadBlob(link.Id, TreeLimits.LinkTarget)))) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{path}' is a link that leads out of the artifact.");
        }
    }
}
