namespace SkillMeat.Storage;

/// <summary>
/// Stands before every single effect on the file system. A test counts the steps, throws what a file system would throw, or ends the process;
/// in production there is none.
/// </summary>
internal interface IStorageFaults
{
    /// <summary>Called immediately before the effect; what it throws is treated as if the file system had refused.</summary>
    void Before(StorageStep step, string path);
}
