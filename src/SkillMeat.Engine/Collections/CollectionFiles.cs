namespace SkillMeat.Collections;

/// <summary>The two files of a collection as they were at one moment, as bytes and as what they mean.</summary>
/// <param name="ManifestBytes">The bytes of <c>collection.toml</c>.</param>
/// <param name="LockBytes">The bytes of <c>collection.lock</c>; null when there is none.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="LockFile">The lock file.</param>
internal sealed record CollectionFiles(byte[] ManifestBytes, byte[]? LockBytes, Manifest Manifest, LockFile LockFile);
