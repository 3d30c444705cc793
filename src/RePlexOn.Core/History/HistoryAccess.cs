namespace RePlexOn.History;

/// <summary>What a history is opened for.</summary>
public enum HistoryAccess
{
    /// <summary>Look only: nothing is made, and nothing is changed but what an update of the program asks for.</summary>
    Read,

    /// <summary>Record runs: the state directory and the database are made where they are missing.</summary>
    Write,
}
