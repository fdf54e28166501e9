using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>
/// Sets the title in a manifest to restore that has an earlier name of the collection. Python SkillMeat saves a collection in the folder that its title names, where another collection may be by now.
/// </summary>
internal sealed class RestoredTitle(CollectionStore store, string collection)
{
    /// <summary>Returns the manifest with the name that the collection has now, or itself if its title is no earlier name, or it cannot be read.</summary>
    public byte[] Correct(byte[] manifest)
    {
        if (!File.Exists(store.Layout.RenamesFile)) return manifest;
        try
        {
            var parsed = Manifest.Parse(manifest, store.Layout.Manifest(collection));
            var renames = RenamedCollections.Parse(store.Storage.ReadConsistent([store.Layout.RenamesFile])[0], store.Layout.RenamesFile);
            if (parsed.Title == collection || !renames.Lead(parsed.Title, collection)) return manifest;
            parsed.CorrectTitle(collection);
            return parsed.ToBytes();
        }
        catch (DataFileException)
        {
            // A snapshot taken before a restore may contain unreadable files on purpose.
            return manifest;
        }
    }

    /// <summary>Returns the tree of a collection with the manifest corrected, or itself. Objects that cannot be read are reported when the tree is verified.</summary>
    public ObjectId Correct(ObjectId tree)
    {
        if (!File.Exists(store.Layout.RenamesFile)) return tree;
        try
        {
            if (store.Objects.Find(tree, HomeLayout.ManifestName) is not { IsLink: false, Kind: not TreeEntryKind.Folder } entry) return tree;
            var before = store.Objects.ReadBlob(entry.Id, HomeLayout.MostFileBytes);
            var after = Correct(before);
            if (ReferenceEquals(after, before)) return tree;
            using var writer = store.Objects.BeginWrite();
            var edit = new TreeEdit(store.Objects);
            edit.Put(HomeLayout.ManifestName, entry with { Id = writer.AddBlob(after), Size = after.Length });
            var corrected = edit.Apply(tree, writer);
            writer.Commit();
            return corrected;
        }
        catch (DataFileException)
        {
            return tree;
        }
    }
}
