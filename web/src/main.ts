// The page's script: registers the elements; `<feilun-dashboard page>` in index.html is one of them, and the whole page.

import "feilun/elements";
