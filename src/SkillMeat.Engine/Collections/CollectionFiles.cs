namespace SkillMeat.Collections;

/// <summary>The two files of a collection at one moment, as bytes and parsed.</summary>
/// <param name="ManifestBytes">The bytes of <c>collection.toml</c>.</param>
/// <param name="LockBytes">The bytes of <c>collection.lock</c>, or null if there is none.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="LockFile">The lock file.</param>
internal sealed record CollectionFiles(byte[] ManifestBytes, byte[]? LockBytes, Manifest Manifest, LockFile LockFile);
