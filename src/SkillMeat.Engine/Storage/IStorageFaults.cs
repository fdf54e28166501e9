namespace SkillMeat.Storage;

/// <summary>
/// A hook before every effect on the file system. A test can count the steps, throw what a file system would throw, or end the process.
/// There is none in production.
/// </summary>
internal interface IStorageFaults
{
    /// <summary>Called immediately before the effect. An exception is treated as a failure of the file system.</summary>
    void Before(StorageStep step, string path);
}
