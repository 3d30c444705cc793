namespace RePlexOn.Targets;

/// <summary>Gets one note of an <see cref="RsyncChangeLog"/>.</summary>
internal delegate void RsyncRecordHandler(in RsyncRecord record);
