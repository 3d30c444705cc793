Console.WriteLine("replexon");
